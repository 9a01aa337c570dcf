"use client";
import { useQuery } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "#components/rpc/trpc.ts";
import type { Draft } from "#server/forum/contract.ts";

export type DraftText = { title: string; body: string; extra: Record<string, string> };
export type DraftState = "none" | "writing" | "saved" | "conflict" | "failed";
export type UsedDraft = {
  text: DraftText;
  write: (text: DraftText) => void;
  state: DraftState;
  /** Forgets what was written here: it was posted, or is not wanted. */
  forget: () => void;
  /** After a conflict: takes what another window wrote, or keeps what stands here. */
  takeOther: () => void;
  keepMine: () => void;
};

const EMPTY: DraftText = { title: "", body: "", extra: {} };
const SAVE_AFTER_MS = 1_200;

/** A text that is being written, kept on the server for every device of its author. */
export function useDraft(place: string, start: DraftText = EMPTY): UsedDraft {
  const { forum } = useTRPC();
  const client = useTRPCClient();
  const asked = useQuery(
    forum.draft.queryOptions({ place }, { staleTime: 0, gcTime: 0, refetchOnMount: "always" }),
  );
  const [written, setWritten] = useState<DraftText | null>(null);
  const [state, setState] = useState<DraftState>("none");
  const version = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const found = asked.data?.draft ?? null;
  const text = written ?? toText(found) ?? start;

  const save = useCallback(
    async (next: DraftText) => {
      try {
        const known = version.current ?? found?.version ?? 0;
        const saved = await client.forum.saveDraft.mutate({ place, ...next, version: known });
        version.current = saved.version;
        setState(saved.version === 0 ? "none" : "saved");
      } catch (error) {
        const code = error instanceof TRPCClientError ? error.data?.code : undefined;
        setState(code === "CONFLICT" ? "conflict" : "failed");
      }
    },
    [client, found, place],
  );
  useEffect(() => () => clearTimeout(timer.current), []);

  const write = (next: DraftText) => {
    setWritten(next);
    setState((now) => (now === "conflict" ? now : "writing"));
    clearTimeout(timer.current);
    if (state !== "conflict") {
      timer.current = setTimeout(() => void save(next), SAVE_AFTER_MS);
    }
  };
  const readOther = async () => {
    const { draft } = await client.forum.draft.query({ place });
    version.current = draft?.version ?? 0;
    return draft;
  };
  return {
    ...{ text, write, state },
    forget: () => {
      clearTimeout(timer.current);
      version.current = 0;
      setWritten(EMPTY);
      setState("none");
    },
    takeOther: () => {
      void readOther().then((draft) => {
        setWritten(toText(draft) ?? EMPTY);
        setState("saved");
      });
    },
    keepMine: () => {
      void readOther().then(() => save(text));
    },
  };
}

function toText(draft: Draft | null): DraftText | null {
  return draft === null ? null : { title: draft.title, body: draft.body, extra: draft.extra };
}
