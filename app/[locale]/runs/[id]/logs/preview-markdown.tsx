"use server";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Markdown } from "#components/markdown/markdown.tsx";
import { requireRole } from "#server/auth/require.ts";
import { EditDailyLog } from "#server/daily-log/contract.ts";
import { createContext } from "#server/rpc/context.ts";

/** An engineer's text as the page will show it. */
export async function previewMarkdown(text: string): Promise<ReactNode> {
  const { actor } = await createContext({ headers: await headers() });
  requireRole(actor, "engineer");
  return <Markdown text={EditDailyLog.shape.comment.parse(text)} prefix="preview-" />;
}
