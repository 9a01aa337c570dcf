"use client";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useMember } from "./use-member.ts";

/** The masthead's last word: one's own name, or the way in. */
export function MemberEntry() {
  const words = useTranslations("members");
  const { member } = useMember();
  return member === null ? (
    <Link className="lang" href="/sign-in">
      {words("signIn")}
    </Link>
  ) : (
    <Link className="lang own-name" href="/account" title={words("account")}>
      {member.name}
    </Link>
  );
}
