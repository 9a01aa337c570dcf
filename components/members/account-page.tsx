"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Me } from "#server/members/contract.ts";
import { AvatarForm } from "./avatar-form.tsx";
import { DeleteForm } from "./delete-form.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { FactorSetup } from "./factor-setup.tsx";
import { GithubPanel } from "./github-panel.tsx";
import { MailForm } from "./mail-form.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionsTable } from "./sessions-table.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { TokensPanel } from "./tokens-panel.tsx";
import { useMember } from "./use-member.ts";
import { useRefreshMember } from "./use-refresh-member.ts";

/** One's own account: who one is, what one is told, how one gets in, one's data, and the way out. */
export function AccountPage() {
  const words = useTranslations("members");
  const account = useTranslations("account");
  const { member } = useMember();
  const { data: settings } = useQuery({
    ...useTRPC().members.profile.settings.queryOptions(),
    enabled: member !== null,
  });
  if (member === null) {
    return (
      <p className="wrap">
        {words("visitor")} <Link href="/sign-in">{words("signIn")}</Link>
      </p>
    );
  }
  return (
    <>
      <Part title={words("you")}>
        <You member={member} />
        {settings !== undefined && <AvatarForm name={member.name} avatar={settings.avatar} />}
      </Part>
      <Part title={account("settings")}>
        {settings !== undefined && <SettingsForm settings={settings} />}
      </Part>
      <Part title={words("sessions")}>
        <SessionsTable />
      </Part>
      {settings !== undefined && (
        <Part title={account("mail")} id="mail">
          <MailForm email={settings.email} hasPassword={settings.hasPassword} />
        </Part>
      )}
      {settings?.hasPassword === true && (
        <Part title={words("password")}>
          <PasswordForm />
        </Part>
      )}
      <Part title={words("factor")}>
        <FactorSetup />
      </Part>
      <Part title="GitHub">
        <GithubPanel login={settings?.github ?? null} />
      </Part>
      <Part title={account("tokens")}>
        <TokensPanel />
      </Part>
      <Part title={account("data")} id="data">
        <ExportPanel />
      </Part>
      <Part title={account("end")}>
        <DeleteForm name={member.name} hasPassword={settings?.hasPassword ?? false} />
      </Part>
    </>
  );
}

function Part({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <section className="sec wrap" id={id}>
      <h2>{title}</h2>
      <div className="account-part">{children}</div>
    </section>
  );
}

function You({ member }: { member: Me }) {
  const words = useTranslations("members");
  const profile = useTranslations("profile");
  const router = useRouter();
  const refresh = useRefreshMember();
  const leave = useMutation(
    useTRPC().members.signOut.mutationOptions({
      onSuccess: async () => {
        router.push("/sign-in");
        await refresh();
      },
    }),
  );
  const roles = member.roles.map((role) => profile(`role.${role}`)).join(", ");
  return (
    <>
      <p>{words("signedInAs", { name: member.name })}</p>
      {roles !== "" && <p>{words("roles", { roles })}</p>}
      <p className="actions mb-4">
        <button className="btn" type="button" onClick={() => leave.mutate()}>
          {words("signOut")}
        </button>
        <Link href={`/members/${member.name}`}>{words("yourProfile")}</Link>
      </p>
    </>
  );
}
