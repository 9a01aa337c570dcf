"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { OwnSettings, Settings } from "#server/members/contract.ts";
import { MuteTable } from "./mute-table.tsx";
import { Refused } from "./refused.tsx";
import { useRefusal } from "./use-refusal.ts";

const DIGESTS = ["never", "daily", "weekly"] as const;

/** Who one says one is, the language of mails, and what one wants to be told. */
export function SettingsForm({ settings }: { settings: OwnSettings }) {
  const words = useTranslations("account");
  const refusal = useRefusal();
  const id = useId();
  const client = useQueryClient();
  const { members } = useTRPC();
  const save = useMutation(
    members.profile.saveSettings.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: members.profile.pathKey() }),
    }),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(readForm(new FormData(event.currentTarget), settings.kinds));
  };
  return (
    <form className="account-form wide" method="post" onSubmit={send}>
      <p>
        <label htmlFor={`${id}-bio`}>{words("bio")}</label>
        <textarea
          id={`${id}-bio`}
          name="bio"
          rows={3}
          maxLength={500}
          defaultValue={settings.bio}
        />
      </p>
      <p>
        <label htmlFor={`${id}-website`}>{words("website")}</label>
        <input id={`${id}-website`} name="website" type="url" defaultValue={settings.website} />
      </p>
      <p>
        <label htmlFor={`${id}-language`}>{words("language")}</label>
        <select id={`${id}-language`} name="language" defaultValue={settings.language}>
          <option value="en">English</option>
          <option value="zh">中文</option>
        </select>
      </p>
      <p>
        <label htmlFor={`${id}-digest`}>{words("digest")}</label>
        <select id={`${id}-digest`} name="digest" defaultValue={settings.digest}>
          {DIGESTS.map((rhythm) => (
            <option key={rhythm} value={rhythm}>
              {words(`digestOf.${rhythm}`)}
            </option>
          ))}
        </select>
      </p>
      <MuteTable kinds={settings.kinds} muted={settings.muted} />
      <Refused sentence={refusal(save.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={save.isPending}>
          {words("save")}
        </button>
        {save.isSuccess && (
          <span className="note" role="status">
            {words("saved")}
          </span>
        )}
      </p>
    </form>
  );
}

/** What is not ticked is muted. */
function readForm(data: FormData, kinds: string[]): Settings {
  const text = (name: string) => String(data.get(name) ?? "");
  const muted = kinds.flatMap((kind) =>
    (["app", "mail"] as const).flatMap((medium) =>
      data.has(`${medium}:${kind}`) ? [] : [{ kind, medium }],
    ),
  );
  return {
    bio: text("bio"),
    website: text("website"),
    language: text("language") === "zh" ? "zh" : "en",
    digest: DIGESTS.find((rhythm) => rhythm === text("digest")) ?? "never",
    muted,
  };
}
