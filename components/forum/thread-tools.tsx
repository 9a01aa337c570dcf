"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPCClient } from "#components/rpc/trpc.ts";
import { CATEGORIES, type Category, type ThreadPage } from "#server/forum/contract.ts";
import { readNumbers } from "./read-numbers.ts";

const TOOLS = ["pin", "lock", "move", "split", "merge"] as const;
type Tool = (typeof TOOLS)[number];
type Thread = Pick<ThreadPage, "id" | "pinned" | "locked" | "category">;

/** What moderators do to a thread, each with a reason that everyone can read. */
export function ThreadTools({ thread }: { thread: ThreadPage }) {
  const words = useTranslations("forum");
  const { can } = useMember();
  const { id, pinned, locked, category } = thread;
  return can("moderator") ? (
    <section>
      <h2>{words("moderate.title")}</h2>
      <ToolForm thread={{ id, pinned, locked, category }} />
    </section>
  ) : null;
}

function ToolForm({ thread }: { thread: Thread }) {
  const words = useTranslations("forum");
  const id = useId();
  const router = useRouter();
  const refusal = useRefusal();
  const [tool, setTool] = useState<Tool>("pin");
  const run = useRunTool(thread);
  const act = useMutation({
    mutationFn: run,
    onSuccess: (goTo) => (goTo === null ? router.refresh() : router.push(`/forum/t/${goTo}`)),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act.mutate({ tool, data: new FormData(event.currentTarget) });
  };
  const label = (one: Tool) => {
    const undo = (one === "pin" && thread.pinned) || (one === "lock" && thread.locked);
    return words(`moderate.${undo ? `un${one as "pin" | "lock"}` : one}` as "moderate.pin");
  };
  return (
    <form className="account-form" onSubmit={send}>
      <p>
        <label htmlFor={`${id}-tool`}>{words("moderate.what")}</label>
        <select
          id={`${id}-tool`}
          value={tool}
          onChange={(event) => setTool(event.target.value as Tool)}
        >
          {TOOLS.map((one) => (
            <option key={one} value={one}>
              {label(one)}
            </option>
          ))}
        </select>
      </p>
      <ToolFields tool={tool} id={id} category={thread.category} />
      <p>
        <label htmlFor={`${id}-reason`}>{words("moderate.reason")}</label>
        <input id={`${id}-reason`} name="reason" required minLength={3} maxLength={500} />
      </p>
      <Refused sentence={refusal(act.error)} />
      <p className="actions">
        <button className="btn" type="submit" disabled={act.isPending}>
          {label(tool)}
        </button>
      </p>
    </form>
  );
}

function ToolFields({ tool, id, category }: { tool: Tool; id: string; category: string }) {
  const words = useTranslations("forum");
  return (
    <>
      {tool === "split" && (
        <>
          <p>
            <label htmlFor={`${id}-numbers`}>{words("moderate.numbers")}</label>
            <input id={`${id}-numbers`} name="numbers" required placeholder="3, 5-7" />
          </p>
          <p>
            <label htmlFor={`${id}-title`}>{words("threadTitle")}</label>
            <input id={`${id}-title`} name="title" required minLength={3} maxLength={200} />
          </p>
        </>
      )}
      {(tool === "move" || tool === "split") && (
        <p>
          <label htmlFor={`${id}-category`}>{words("categoryOne")}</label>
          <select id={`${id}-category`} name="category" defaultValue={category}>
            {CATEGORIES.map((one) => (
              <option key={one} value={one}>
                {words(`category.${one}`)}
              </option>
            ))}
          </select>
        </p>
      )}
      {tool === "merge" && (
        <p>
          <label htmlFor={`${id}-into`}>{words("moderate.into")}</label>
          <input id={`${id}-into`} name="into" type="number" min={1} required />
        </p>
      )}
    </>
  );
}

/** Calls the tool; answers where the reader should be afterwards, null for here. */
function useRunTool({ id: threadId, pinned, locked }: Thread) {
  const { tools } = useTRPCClient().forum;
  return async ({ tool, data }: { tool: Tool; data: FormData }): Promise<number | null> => {
    const field = (name: string) => String(data.get(name) ?? "");
    const of = { threadId, reason: field("reason") };
    const category = field("category") as Category;
    switch (tool) {
      case "pin":
        await tools.pin.mutate({ ...of, on: !pinned });
        return null;
      case "lock":
        await tools.lock.mutate({ ...of, on: !locked });
        return null;
      case "move":
        await tools.move.mutate({ ...of, category });
        return null;
      case "split": {
        const numbers = readNumbers(field("numbers"));
        const made = await tools.split.mutate({ ...of, numbers, title: field("title"), category });
        return made.threadId;
      }
      case "merge":
        return (await tools.merge.mutate({ ...of, intoId: Number(field("into")) })).threadId;
    }
  };
}
