"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { GithubButton } from "./github-button.tsx";
import { Refused } from "./refused.tsx";
import { useRefusal } from "./use-refusal.ts";

/** The GitHub account that opens this one, or the way to link one. */
export function GithubPanel({ login }: { login: string | null }) {
  const words = useTranslations("account");
  const refusal = useRefusal();
  const client = useQueryClient();
  const { members } = useTRPC();
  const { data } = useQuery(members.github.offer.queryOptions());
  const unlink = useMutation(
    members.github.unlink.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: members.profile.pathKey() }),
    }),
  );
  if (login === null) {
    return (
      <>
        <p>{words(data?.offered === true ? "githubNone" : "githubNotOffered")}</p>
        <p className="actions">
          <GithubButton label={words("linkGithub")} />
        </p>
      </>
    );
  }
  return (
    <>
      <p>{words("githubLinked", { login })}</p>
      <p className="actions">
        <button className="btn" type="button" onClick={() => unlink.mutate()}>
          {words("unlink")}
        </button>
      </p>
      <Refused sentence={refusal(unlink.error)} />
    </>
  );
}
