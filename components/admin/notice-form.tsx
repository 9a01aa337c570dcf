"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Notice } from "#server/admin/contract.ts";

/** What stands above every page, in both languages. */
export function NoticeForm({ notice }: { notice: Notice }) {
  const words = useTranslations("admin");
  const refusal = useRefusal();
  const router = useRouter();
  const save = useMutation(
    useTRPC().admin.saveNotice.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    save.mutate({ en: text("en"), zh: text("zh"), reason: text("reason") });
  };
  return (
    <form className="wide-form" onSubmit={send}>
      {(["en", "zh"] as const).map((language) => (
        <p key={language}>
          <label>
            {words(`noticeIn.${language}`)}
            <textarea name={language} rows={2} maxLength={300} defaultValue={notice[language]} />
          </label>
        </p>
      ))}
      <p>
        <label>
          {words("reason")}
          <input name="reason" required minLength={3} maxLength={500} />
        </label>
      </p>
      <Refused sentence={refusal(save.error)} />
      <p className="actions">
        <button className="btn" type="submit" disabled={save.isPending}>
          {words("save")}
        </button>
        {save.isSuccess && <span role="status">{words("saved")}</span>}
      </p>
    </form>
  );
}
