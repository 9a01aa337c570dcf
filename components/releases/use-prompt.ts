"use client";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useRefusal } from "#components/members/use-refusal.ts";
import type { PromptLine } from "#server/prompts/contract.ts";
import { readLines } from "./read-lines.ts";

/** How an answer stands. */
export type Said =
  | { kind: "nothing" }
  | { kind: "waiting"; before: number }
  | { kind: "writing"; text: string }
  | { kind: "done"; prompt: string; text: string }
  | { kind: "failed"; sentence: string };

type Asked = { prompt: string; maxTokens: number };
type Refusal = { message: string; details?: { retryAfterSeconds?: number; reason?: string } };

/** Asks a checkpoint to go on with a text, and tells the answer as it comes. */
export function usePrompt(checkpointId: string): {
  said: Said;
  ask: (asked: Asked) => Promise<void>;
  stop: () => void;
} {
  const words = useTranslations("models");
  const sentenceOf = useSentence();
  const [said, setSaid] = useState<Said>({ kind: "nothing" });
  const running = useRef<AbortController>(undefined);
  const follow = async (asked: Asked, signal: AbortSignal) => {
    const answer = await send({ ...asked, checkpointId }, signal);
    if (!answer.ok || answer.body === null) {
      const { error } = (await answer.json()) as { error: Refusal };
      setSaid({ kind: "failed", sentence: sentenceOf(error) });
      return;
    }
    const failures = { timeout: words("try.timeout"), failed: words("try.failed") };
    for await (const line of readLines(answer.body)) {
      setSaid((before) => next(before, line, { prompt: asked.prompt, failures }));
    }
  };
  return {
    said,
    ask: async (asked) => {
      const own = new AbortController();
      running.current = own;
      setSaid({ kind: "waiting", before: 0 });
      await follow(asked, own.signal).catch(() =>
        setSaid(
          own.signal.aborted
            ? { kind: "nothing" }
            : { kind: "failed", sentence: words("try.failed") },
        ),
      );
    },
    stop: () => running.current?.abort(),
  };
}

async function send(prompt: Asked & { checkpointId: string }, signal: AbortSignal) {
  return await fetch("/api/prompts", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(prompt),
    signal,
  });
}

type Known = { prompt: string; failures: Record<"timeout" | "failed", string> };

function next(before: Said, line: PromptLine, { prompt, failures }: Known): Said {
  if ("waiting" in line) {
    return { kind: "waiting", before: line.waiting };
  }
  if ("text" in line) {
    return { kind: "writing", text: (before.kind === "writing" ? before.text : "") + line.text };
  }
  return "done" in line
    ? { kind: "done", prompt, text: line.whole }
    : { kind: "failed", sentence: failures[line.error] };
}

function useSentence(): (refusal: Refusal) => string {
  const words = useTranslations("models");
  const refusal = useRefusal();
  return ({ message, details }) =>
    (details?.reason === "queue-full"
      ? words("try.full")
      : refusal({ message, data: { waitSeconds: details?.retryAfterSeconds ?? null } })) ??
    words("try.failed");
}
