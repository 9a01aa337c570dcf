"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Avatar } from "./avatar.tsx";
import { Refused } from "./refused.tsx";
import { sendAvatar } from "./send-avatar.ts";
import { useRefusal } from "./use-refusal.ts";

/** Shows one's picture, takes another, or takes it away. */
export function AvatarForm({ name, avatar }: { name: string; avatar: string | null }) {
  const words = useTranslations("account");
  const refusal = useRefusal();
  const id = useId();
  const client = useQueryClient();
  const { members } = useTRPC();
  const send = useMutation({
    mutationFn: sendAvatar,
    onSuccess: () => client.invalidateQueries({ queryKey: members.profile.pathKey() }),
  });
  return (
    <div className="avatar-form">
      <Avatar name={name} avatar={avatar} size={72} />
      <div>
        <label htmlFor={id}>{words("picture")}</label>
        <input
          id={id}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          disabled={send.isPending}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) {
              send.mutate(file);
            }
          }}
        />
        <p className="note">{words("pictureNote")}</p>
        {avatar !== null && (
          <button className="text-btn" type="button" onClick={() => send.mutate(null)}>
            {words("noPicture")}
          </button>
        )}
        <Refused sentence={refusal(send.error)} />
      </div>
    </div>
  );
}
