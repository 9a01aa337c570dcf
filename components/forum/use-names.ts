"use client";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { TextEdit } from "./edit-text.ts";

const TYPED = /(?<![\w@/.])@([a-z0-9][a-z0-9-]{0,38})$/i;

type Options = {
  area: RefObject<HTMLTextAreaElement | null>;
  threadId: number | undefined;
  apply: (edit: (text: TextEdit) => TextEdit) => void;
};

export type UsedNames = ReturnType<typeof useNames>;

/** Names that complete what is typed after an @, chosen with the arrow keys and Enter, or with a click. */
export function useNames({ area, threadId, apply }: Options) {
  const [start, setStart] = useState("");
  const [place, setPlace] = useState(0);
  const { data } = useQuery(
    useTRPC().forum.names.queryOptions(
      { start: start === "" ? "x" : start, ...(threadId === undefined ? {} : { threadId }) },
      { enabled: start !== "", staleTime: 60_000 },
    ),
  );
  const names = start === "" ? [] : (data?.names ?? []);
  const look = () => {
    const box = area.current;
    const typed = box === null ? null : TYPED.exec(box.value.slice(0, box.selectionEnd));
    setStart(typed?.[1] ?? "");
    setPlace(0);
  };
  const choose = (name: string) => {
    setStart("");
    apply(({ text, to }) => {
      const before = text.slice(0, to).replace(TYPED, `@${name} `);
      return { text: before + text.slice(to), from: before.length, to: before.length };
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (names.length === 0 || event.nativeEvent.isComposing) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setPlace((place + step + names.length) % names.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      choose(names[place] ?? "");
    } else if (event.key === "Escape") {
      setStart("");
    }
  };
  const active = names.length === 0 ? null : place;
  return { names, active, look, choose, onKeyDown, close: () => setStart("") };
}
