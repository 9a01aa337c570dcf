"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { useRefreshMember } from "./use-refresh-member.ts";
import { useRefusal } from "./use-refusal.ts";

/** The end of an account, after its name and password were given once more. */
export function DeleteForm({ name, hasPassword }: { name: string; hasPassword: boolean }) {
  const words = useTranslations("account");
  const member = useTranslations("members");
  const refusal = useRefusal();
  const router = useRouter();
  const refresh = useRefreshMember();
  const [sure, setSure] = useState(false);
  const remove = useMutation(
    useTRPC().members.data.deleteAccount.mutationOptions({
      onSuccess: async () => {
        router.push("/");
        await refresh();
      },
    }),
  );
  if (!sure) {
    return (
      <>
        <p className="read">{words("deleteSay")}</p>
        <p className="actions">
          <button className="btn" type="button" onClick={() => setSure(true)}>
            {words("delete")}
          </button>
        </p>
      </>
    );
  }
  const password = {
    name: "password",
    label: member("presentPassword"),
    type: "password",
    autoComplete: "current-password",
  } as const;
  return (
    <>
      <p className="read mb-4">{words("deleteSay")}</p>
      <AccountForm
        fields={[
          { name: "name", label: words("deleteName", { name }), autoComplete: "off" },
          ...(hasPassword ? [password] : []),
        ]}
        submit={words("deleteNow")}
        busy={remove.isPending}
        error={refusal(remove.error)}
        onSubmit={({ name: typed = "", password: given }) =>
          remove.mutate({ name: typed, ...(given === undefined ? {} : { password: given }) })
        }
      >
        <button className="text-btn" type="button" onClick={() => setSure(false)}>
          {words("leaveIt")}
        </button>
      </AccountForm>
    </>
  );
}
