"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { InitiativeDetail } from "#server/initiatives/contract.ts";
import { ReasonForm } from "./reason-form.tsx";

/** Named reasons against approval; each blocks until it says how it was met. */
export function ConcernList({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const router = useRouter();
  const { member, can } = useMember();
  const done = { onSuccess: () => router.refresh() };
  const raise = useMutation(useTRPC().initiatives.raiseConcern.mutationOptions(done));
  const resolve = useMutation(useTRPC().initiatives.resolveConcern.mutationOptions(done));
  const { concerns, id, votable } = initiative;
  return (
    <>
      {concerns.length === 0 && <p className="quiet">{words("noConcerns")}</p>}
      <ul className="concerns">
        {concerns.map((concern) => (
          <li key={concern.id}>
            <p>
              <span className={concern.resolution === null ? "state warn" : "state good"}>
                <Icon name={concern.resolution === null ? "s-warn" : "s-good"} />
                {words(concern.resolution === null ? "concernOpen" : "concernResolved")}
              </span>{" "}
              <b>{concern.title}</b>{" "}
              <span className="note">{words("namedBy", { name: concern.author.name })}</span>
            </p>
            <p>{concern.text}</p>
            {concern.resolution !== null && <p className="quiet">{concern.resolution}</p>}
            {concern.resolution === null &&
              (concern.author.id === member?.id || can("engineer")) && (
                <ReasonForm
                  open={words("resolve")}
                  label={words("resolution")}
                  send={words("resolve")}
                  mutation={resolve}
                  onSend={({ reason }) =>
                    resolve.mutate({ concernId: concern.id, resolution: reason })
                  }
                />
              )}
          </li>
        ))}
      </ul>
      {votable && member !== null && (
        <ReasonForm
          open={words("raise")}
          label={words("concernText")}
          title={words("concernTitle")}
          send={words("raise")}
          mutation={raise}
          onSend={({ reason, title }) => raise.mutate({ id, title, text: reason })}
        />
      )}
    </>
  );
}
