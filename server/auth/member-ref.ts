import type { Prisma } from "../platform/db.ts";
import { isRole, type Role } from "./actor.ts";

/** What has to be read of a member to show a name beside a text. */
export const MEMBER_REF = {
  id: true,
  name: true,
  avatarSha256: true,
  trust: true,
  deletedAt: true,
  roles: { select: { role: true } },
} satisfies Prisma.MemberSelect;

type MemberRefRow = Prisma.MemberGetPayload<{ select: typeof MEMBER_REF }>;

export function toMemberRef(row: MemberRefRow): {
  id: string;
  name: string;
  avatar: string | null;
  roles: Role[];
  trust: number;
  deleted: boolean;
} {
  return {
    id: row.id,
    name: row.name,
    avatar: row.avatarSha256 === null ? null : `/api/avatars/${row.avatarSha256}`,
    roles: row.roles.map(({ role }) => role).filter(isRole),
    trust: row.trust,
    deleted: row.deletedAt !== null,
  };
}
