import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { Author } from "#server/forum/contract.ts";

const SHOWN_ROLES = ["engineer", "moderator", "admin", "volunteer"] as const;

/** Who wrote, and what the forum knows of them: a role, or the trust that they have earned. */
export function AuthorLine({ author }: { author: Author }) {
  const words = useTranslations("forum");
  const roles = SHOWN_ROLES.filter((role) => author.roles.includes(role));
  return (
    <>
      <AuthorName author={author} />
      <span>
        {roles.length > 0
          ? roles.map((role) => words(`role.${role}`)).join(", ")
          : words("trust", { level: author.trust })}
      </span>
    </>
  );
}

export function AuthorName({ author }: { author: Author }) {
  return author.deleted ? (
    <b>{author.name}</b>
  ) : (
    <Link className="author" href={`/members/${author.name.toLowerCase()}`} prefetch={false}>
      {author.name}
    </Link>
  );
}
