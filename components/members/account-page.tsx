"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { FactorSetup } from "./factor-setup.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionsTable } from "./sessions-table.tsx";
import { useMember } from "./use-member.ts";
import { useRefreshMember } from "./use-refresh-member.ts";

/** One's own account: who one is, where one is signed in, the password. */
export function AccountPage() {
  const words = useTranslations("members");
  const { member } = useMember();
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
  if (member === null) {
    return (
      <p className="wrap">
        {words("visitor")} <Link href="/sign-in">{words("signIn")}</Link>
      </p>
    );
  }
  return (
    <>
      <section className="sec wrap">
        <h2>{words("you")}</h2>
        <div>
          <p>{words("signedInAs", { name: member.name })}</p>
          {member.roles.length > 0 && <p>{words("roles", { roles: member.roles.join(", ") })}</p>}
          <p className="actions">
            <button className="btn" type="button" onClick={() => leave.mutate()}>
              {words("signOut")}
            </button>
          </p>
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("sessions")}</h2>
        <div>
          <SessionsTable />
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("password")}</h2>
        <div>
          <PasswordForm />
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("factor")}</h2>
        <div>
          <FactorSetup />
        </div>
      </section>
    </>
  );
}
