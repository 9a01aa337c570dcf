"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { CATEGORIES, type Category, isCategory } from "#server/forum/contract.ts";
import { Composer } from "./composer.tsx";
import { DraftNote } from "./draft-note.tsx";
import { newSendKey } from "./new-send-key.ts";
import { readTags } from "./read-tags.ts";
import { type UsedDraft, useDraft } from "./use-draft.ts";

/** Where a thread is begun. `category`: the one that the reader came from. */
export function NewThreadForm({ category }: { category: Category }) {
  const words = useTranslations("forum");
  const { member } = useMember();
  return member === null ? (
    <p>
      <Link href="/sign-in">{words("signInToWrite")}</Link>
    </p>
  ) : (
    <NewThread category={category} />
  );
}

function NewThread({ category }: { category: Category }) {
  const words = useTranslations("forum");
  const router = useRouter();
  const refusal = useRefusal();
  const draft = useDraft("new", { title: "", body: "", extra: { category } });
  const { text, write } = draft;
  const [sendKey] = useState(newSendKey);
  const create = useMutation(
    useTRPC().forum.create.mutationOptions({
      onSuccess: ({ threadId, held }) => {
        draft.forget();
        if (!held) {
          router.push(`/forum/t/${threadId}`);
        }
      },
    }),
  );
  const chosen = text.extra["category"] ?? category;
  if (create.data?.held === true) {
    return <p role="status">{words("held")}</p>;
  }
  return (
    <form
      className="new-thread"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({
          ...{ title: text.title, body: text.body, sendKey },
          category: isCategory(chosen) ? chosen : category,
          tags: readTags(text.extra["tags"] ?? ""),
          question: text.extra["question"] === "yes",
        });
      }}
    >
      <Fields draft={draft} chosen={chosen} />
      <Composer
        label={words("yourPost")}
        value={text.body}
        rows={12}
        onChange={(body) => write({ ...text, body })}
      />
      <Refused sentence={refusal(create.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={create.isPending}>
          {words("postThread")}
        </button>
        <DraftNote draft={draft} />
      </p>
    </form>
  );
}

function Fields({ draft: { text, write }, chosen }: { draft: UsedDraft; chosen: string }) {
  const words = useTranslations("forum");
  const id = useId();
  const more = (extra: Record<string, string>) =>
    write({ ...text, extra: { ...text.extra, ...extra } });
  return (
    <>
      <p>
        <label htmlFor={`${id}-title`}>{words("threadTitle")}</label>
        <input
          id={`${id}-title`}
          value={text.title}
          required
          minLength={3}
          maxLength={200}
          onChange={(event) => write({ ...text, title: event.target.value })}
        />
      </p>
      <p>
        <label htmlFor={`${id}-category`}>{words("categoryOne")}</label>
        <select
          id={`${id}-category`}
          value={chosen}
          onChange={(event) => more({ category: event.target.value })}
        >
          {CATEGORIES.map((one) => (
            <option key={one} value={one}>
              {words(`category.${one}`)}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor={`${id}-tags`}>{words("tags")}</label>
        <input
          id={`${id}-tags`}
          value={text.extra["tags"] ?? ""}
          maxLength={200}
          aria-describedby={`${id}-tags-note`}
          onChange={(event) => more({ tags: event.target.value })}
        />
        <span className="note" id={`${id}-tags-note`}>
          {words("tagsNote")}
        </span>
      </p>
      <p className="check">
        <input
          id={`${id}-question`}
          type="checkbox"
          checked={text.extra["question"] === "yes"}
          onChange={(event) => more({ question: event.target.checked ? "yes" : "" })}
        />
        <label htmlFor={`${id}-question`}>{words("isQuestion")}</label>
      </p>
    </>
  );
}
