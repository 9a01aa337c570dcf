import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { MemberRef } from "#server/members/contract.ts";
import { Avatar } from "./avatar.tsx";

type MemberNameProps = { member: MemberRef; picture?: boolean };

/** A member's name, leading to the profile, with the roles that others should know of. */
export function MemberName({ member, picture = false }: MemberNameProps) {
  const words = useTranslations("profile");
  const { name, roles, deleted } = member;
  return (
    <span className="member-name">
      {picture && <Avatar {...member} size={24} />}
      {deleted ? (
        <b>{words("deleted")}</b>
      ) : (
        <Link href={`/members/${name}`} prefetch={false}>
          {name}
        </Link>
      )}
      {roles.length > 0 && (
        <span className="note">{roles.map((role) => words(`role.${role}`)).join(", ")}</span>
      )}
    </span>
  );
}
