import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** The answer to a page's own question. What does not exist makes a page that does not exist; any other failure is a failure. */
export async function existing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") {
      notFound();
    }
    throw error;
  }
}
