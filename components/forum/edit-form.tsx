"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC, useTRPCClient } from "#components/rpc/trpc.ts";
import { Composer } from "./composer.tsx";
import { DraftNote } from "./draft-note.tsx";
import type { FramedPost } from "./framed-post.ts";
import { readTags } from "./read-tags.ts";
import { useDraft } from "./use-draft.ts";

type EditFormProps = FramedPost & { onClose: () => void };

/** The editor in a post's place, once its text has come. */
export function EditForm(props: EditFormProps) {
  const { post } = props;
  const { data } = useQuery(
    useTRPC().forum.source.queryOptions({ postId: post.id }, { staleTime: 0, gcTime: 0 }),
  );
  return data === undefined ? null : <Edit {...props} body={data.body} edits={data.edits} />;
}

function Edit({
  post,
  title,
  tags,
  body,
  edits,
  onClose,
}: EditFormProps & { body: string; edits: number }) {
  const words = useTranslations("forum");
  const router = useRouter();
  const client = useTRPCClient();
  const refusal = useRefusal();
  const place = `edit:${post.id}`;
  const first = post.number === 1;
  const draft = useDraft(place, { title, body, extra: { tags: tags.join(" ") } });
  const { text, write } = draft;
  const edit = useMutation(
    useTRPC().forum.edit.mutationOptions({
      onSuccess: () => {
        draft.forget();
        onClose();
        router.refresh();
      },
    }),
  );
  const leave = () => {
    draft.forget();
    client.forum.dropDraft.mutate({ place }).catch(() => undefined);
    onClose();
  };
  const chosen = { title: text.title, tags: readTags(text.extra["tags"] ?? "") };
  return (
    <form
      className="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate({ postId: post.id, body: text.body, edits, ...(first ? chosen : {}) });
      }}
    >
      {first && <Heading text={text} write={write} />}
      <Composer
        label={words("yourPost")}
        value={text.body}
        rows={10}
        onChange={(value) => write({ ...text, body: value })}
      />
      <Refused sentence={refusal(edit.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={edit.isPending}>
          {words("saveEdit")}
        </button>
        <button className="btn" type="button" onClick={leave}>
          {words("leaveEdit")}
        </button>
        <DraftNote draft={draft} />
      </p>
    </form>
  );
}

/** Title and tags of the thread, which its first post carries. */
function Heading({ text, write }: Pick<ReturnType<typeof useDraft>, "text" | "write">) {
  const words = useTranslations("forum");
  const id = useId();
  return (
    <>
      <p>
        <label htmlFor={`${id}-title`}>{words("threadTitle")}</label>
        <input
          id={`${id}-title`}
          value={text.title}
          maxLength={200}
          onChange={(event) => write({ ...text, title: event.target.value })}
        />
      </p>
      <p>
        <label htmlFor={`${id}-tags`}>{words("tags")}</label>
        <input
          id={`${id}-tags`}
          value={text.extra["tags"] ?? ""}
          maxLength={200}
          onChange={(event) =>
            write({ ...text, extra: { ...text.extra, tags: event.target.value } })
          }
        />
      </p>
    </>
  );
}
