"use client";
import { useTranslations } from "next-intl";
import { Refused } from "#components/members/refused.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";
import { useVote, type Voted } from "./use-vote.ts";

type VoteButtonProps = Voted & { votable: boolean };

/** One member's one vote. The number counts eligible votes; it moves at once and is put right by the server's count. */
export function VoteButton({ votable, ...given }: VoteButtonProps) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const { voted, eligible, toggle, error, signedIn } = useVote(given);
  const closed = !votable;
  const label = closed ? "voteClosed" : voted ? "withdrawVote" : "giveVote";
  return (
    <div>
      <button
        className="vote"
        type="button"
        aria-pressed={voted}
        aria-label={words(label, { id: given.id, votes: eligible })}
        title={signedIn ? undefined : words("signInToVote")}
        disabled={closed}
        onClick={toggle}
      >
        <Icon name={closed ? "i-lock" : "i-up"} />
        <b>{eligible}</b>
      </button>
      <Refused sentence={refusal(error)} />
    </div>
  );
}
