"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Profile } from "#server/members/contract.ts";
import { ActivityList } from "./activity-list.tsx";
import { Avatar } from "./avatar.tsx";
import { RoleEditor } from "./role-editor.tsx";
import { useMember } from "./use-member.ts";

/** A member as everybody sees them; admins also name roles here. */
export function ProfilePage({ name }: { name: string }) {
  const words = useTranslations("profile");
  const { can } = useMember();
  const { data } = useQuery(useTRPC().members.profile.read.queryOptions({ name }));
  if (data === undefined) {
    return null;
  }
  return (
    <>
      <section className="title wrap member-title">
        <Avatar {...data} size={72} />
        <div>
          <h1>{data.deleted ? words("deleted") : data.name}</h1>
          <ProfileFacts profile={data} />
          {data.bio !== "" && <p className="lede">{data.bio}</p>}
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("activity")}</h2>
        <div>
          <ActivityList name={name} />
        </div>
      </section>
      {can("admin") && !data.deleted && (
        <section className="sec wrap">
          <h2>{words("roles")}</h2>
          <div>
            <RoleEditor name={data.name} roles={data.roles} />
          </div>
        </section>
      )}
    </>
  );
}

function ProfileFacts({ profile }: { profile: Profile }) {
  const words = useTranslations("profile");
  const format = useFormatter();
  const { roles, trust, since, posts, reactions, answers, website, github, deleted } = profile;
  const day = (text: string) => format.dateTime(new Date(text), { dateStyle: "long" });
  if (deleted) {
    return <p className="facts">{words("deletedSay")}</p>;
  }
  return (
    <>
      <p className="facts">
        {roles.map((role) => (
          <b key={role}>{words(`role.${role}`)}</b>
        ))}
        <span>{words("trust", { level: trust })}</span>
        <span>{words("since", { day: day(since) })}</span>
        <span>{words("posts", { count: posts })}</span>
        <span>{words("reactions", { count: reactions })}</span>
        <span>{words("answers", { count: answers })}</span>
      </p>
      {(website !== "" || github !== null) && (
        <p className="facts">
          {/^https?:\/\//.test(website) && (
            <a href={website} rel="nofollow ugc noopener">
              {website.replace(/^https?:\/\//, "")}
            </a>
          )}
          {github !== null && <span>{words("github", { login: github })}</span>}
        </p>
      )}
      {profile.suspendedUntil !== null && (
        <p className="notice warn mt-4">
          <span>{words("suspended", { day: day(profile.suspendedUntil) })}</span>
        </p>
      )}
    </>
  );
}
