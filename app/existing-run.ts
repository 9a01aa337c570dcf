import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import type { RunDetail } from "#server/runs/contract.ts";
import { readRun } from "./prefetch.ts";

/** The run of a page's address. One that does not exist is a page that does not exist; any other failure is a failure. */
export async function existingRun(id: string): Promise<RunDetail> {
  try {
    return await readRun(id);
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") {
      notFound();
    }
    throw error;
  }
}
