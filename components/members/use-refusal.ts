"use client";
import { useLocale, useTranslations } from "next-intl";
import { findIssue } from "./find-issue.ts";

/** What tRPC and our own routes say about a refusal. */
type Refusal = {
  message: string;
  data?: { reason?: string | null; waitSeconds?: number | null } | null | undefined;
} | null;

const CJK = /[\u4e00-\u9fff]/;

/**
 * The sentence of a refusal in the reader's language: by its reason, by the field that did not fit, or by how long to
 * wait; the server's own sentence where nothing better is known.
 */
export function useRefusal(): (error: Refusal) => string | undefined {
  const words = useTranslations();
  const locale = useLocale();
  return (error) => {
    if (error === null) {
      return undefined;
    }
    const wait = error.data?.waitSeconds;
    if (typeof wait === "number") {
      return words("refusal.wait", { minutes: Math.max(1, Math.ceil(wait / 60)) });
    }
    const issue = findIssue(error);
    const names = [error.data?.reason, issue.field === null ? null : `field-${issue.field}`];
    const known = names.find((name) => typeof name === "string" && words.has(`refusal.${name}`));
    if (typeof known === "string") {
      return words(`refusal.${known}`);
    }
    return locale === "zh" && !CJK.test(issue.message) ? words("refusal.other") : issue.message;
  };
}
