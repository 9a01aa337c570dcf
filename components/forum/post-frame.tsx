"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { FlagButton } from "#components/moderation/flag-button.tsx";
import { AcceptButton } from "./accept-button.tsx";
import { EditForm } from "./edit-form.tsx";
import type { FramedPost } from "./framed-post.ts";
import { Moment } from "./moment.tsx";
import { QuoteButton } from "./quote-button.tsx";
import { ReactionButtons } from "./reaction-buttons.tsx";
import { RemoveButton } from "./remove-button.tsx";

/** A post's text as the server drew it, or its editor; below, what the reader may do. */
export function PostFrame({ children, ...framed }: FramedPost & { children: ReactNode }) {
  const [editing, setEditing] = useState(false);
  if (editing) {
    return <EditForm {...framed} onClose={() => setEditing(false)} />;
  }
  return (
    <>
      {children}
      <PostTools {...framed} onEdit={() => setEditing(true)} />
    </>
  );
}

function PostTools(props: FramedPost & { onEdit: () => void }) {
  const words = useTranslations("forum");
  const { member, can } = useMember();
  const { post, threadId, asker, question, isAnswer, locked, onEdit } = props;
  const own = member?.id === post.author.id;
  const mayAccept =
    question && post.number > 1 && (member?.id === asker || can("moderator")) && member !== null;
  return (
    <footer>
      {member !== null && !locked && <QuoteButton post={post} threadId={threadId} />}
      <ReactionButtons post={post} question={question} own={own} />
      {mayAccept && <AcceptButton postId={post.id} on={isAnswer} />}
      {own && !locked && (
        <>
          <button className="text-btn" type="button" onClick={onEdit}>
            {words("edit")}
          </button>
          {post.number > 1 && <RemoveButton postId={post.id} />}
        </>
      )}
      {member !== null && !own && <FlagButton postId={post.id} />}
      {post.edits > 0 && (
        <Link href={`/forum/p/${post.id}/history`} prefetch={false}>
          {words("edited", { count: post.edits })},{" "}
          <Moment at={post.editedAt ?? post.createdAt} time={false} />
        </Link>
      )}
    </footer>
  );
}
