"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";
import { type ShowcaseDetail, STAGES, Stage } from "#server/showcase/contract.ts";
import { sendPicture } from "./send-picture.ts";
import { useShowcaseRefusal } from "./use-showcase-refusal.ts";

/** What its author does with an application: move it on, change it, show a picture, take it out. */
export function OwnerTools({ app }: { app: ShowcaseDetail }) {
  const words = useTranslations("showcase");
  const refusal = useShowcaseRefusal();
  const router = useRouter();
  const field = useId();
  const { showcase } = useTRPC();
  const again = { onSuccess: () => router.refresh() };
  const move = useMutation(showcase.moveStage.mutationOptions(again));
  const send = useMutation({ mutationFn: sendPicture, ...again });
  const withdraw = useMutation(
    showcase.withdraw.mutationOptions({ onSuccess: () => router.push("/showcase") }),
  );
  if (!app.mine) {
    return null;
  }
  const { id } = app;
  return (
    <section className="owner-tools" aria-label={words("yours")}>
      <p>
        <label htmlFor={`${field}-stage`}>{words("stageLabel")}</label>
        <select
          id={`${field}-stage`}
          value={app.stage}
          disabled={move.isPending}
          onChange={(event) => move.mutate({ id, stage: Stage.parse(event.target.value) })}
        >
          {STAGES.map((stage) => (
            <option key={stage} value={stage}>
              {words(`stage.${stage}`)}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor={`${field}-picture`}>{words("picture")}</label>
        <input
          id={`${field}-picture`}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          disabled={send.isPending}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) {
              send.mutate({ id, file });
            }
          }}
        />
        <span className="note">{words("pictureNote")}</span>
      </p>
      <Refused sentence={refusal(move.error ?? withdraw.error) ?? send.error?.message} />
      <p className="actions">
        <Link className="btn" href={`/showcase/${id}/edit`}>
          {words("edit")}
        </Link>
        {app.image !== null && (
          <button
            className="text-btn"
            type="button"
            onClick={() => send.mutate({ id, file: null })}
          >
            {words("noPicture")}
          </button>
        )}
        <button className="text-btn" type="button" onClick={() => withdraw.mutate({ id })}>
          {words("withdraw")}
        </button>
      </p>
    </section>
  );
}
