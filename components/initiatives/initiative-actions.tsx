"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { InitiativeDetail } from "#server/initiatives/contract.ts";
import { AssessForm } from "./assess-form.tsx";
import { AssignmentTools } from "./assignment-tools.tsx";
import { MergeTools } from "./merge-tools.tsx";
import { ReasonForm } from "./reason-form.tsx";
import { type PlainMove, shownMoves } from "./shown-moves.ts";

type ActionsProps = { initiative: InitiativeDetail; now: number };

/** What the reader may do next, by role and state. The server checks each again. */
export function InitiativeActions({ initiative, now }: ActionsProps) {
  const words = useTranslations("initiatives");
  const { member } = useMember();
  if (member === null) {
    return null;
  }
  const carries = initiative.assignments.some(({ member: carrier }) => carrier.id === member.id);
  const moves = shownMoves({
    state: initiative.state,
    roles: member.roles,
    mine: initiative.mine,
    carries,
    commentOver: initiative.commentEndsAt !== null && initiative.commentEndsAt <= now,
  });
  const { plain, forms } = moves;
  if (plain.length === 0 && forms.length === 0) {
    return null;
  }
  return (
    <section>
      <h2>{words("yourMoves")}</h2>
      {forms.includes("publish") && (
        <p>
          <Link className="btn main" href={`/initiatives/new?draft=${initiative.id}`}>
            {words("continueDraft")}
          </Link>
        </p>
      )}
      {forms.includes("edit") && (
        <p>
          <Link className="btn" href={`/initiatives/${initiative.id}/edit`}>
            {words("revise")}
          </Link>
        </p>
      )}
      {forms.includes("assess") && <AssessForm initiative={initiative} />}
      {forms.includes("assign") && <AssignmentTools initiative={initiative} />}
      {plain.map((move) => (
        <PlainMoveForm key={move} move={move} id={initiative.id} />
      ))}
      {forms.includes("merge") && <MergeTools initiative={initiative} />}
    </section>
  );
}

function PlainMoveForm({ move, id }: { move: PlainMove; id: number }) {
  const words = useTranslations("initiatives");
  const router = useRouter();
  const procedure = useTRPC().initiatives[move];
  const make = useMutation(procedure.mutationOptions({ onSuccess: () => router.refresh() }));
  return (
    <ReasonForm
      open={words(`act.${move}`)}
      label={words("reasonForAll")}
      send={words(`act.${move}`)}
      mutation={make}
      onSend={({ reason }) => make.mutate({ id, reason })}
    />
  );
}
