"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Prose, ReleaseDetail } from "#server/releases/contract.ts";
import { useReleaseRefusal } from "./use-release-refusal.ts";

/** What engineers decide about a release: to publish or reject a draft, to take one back, what is written about it. */
export function ReleaseTools({ release }: { release: ReleaseDetail }) {
  const words = useTranslations("models");
  const { can } = useMember();
  if (!can("engineer")) {
    return null;
  }
  const offered = release.state === "published" || release.state === "superseded";
  return (
    <section className="model-tools" aria-label={words("tools")}>
      {(release.state === "draft" || offered) && <ProseForm release={release} />}
      {release.state === "draft" && <Decision release={release} kind="approve" />}
      {release.state === "draft" && <Decision release={release} kind="reject" />}
      {offered && <Decision release={release} kind="yank" />}
    </section>
  );
}

type Kind = "approve" | "reject" | "yank";

function Decision({ release, kind }: { release: ReleaseDetail; kind: Kind }) {
  const words = useTranslations("models");
  const id = useId();
  const router = useRouter();
  const refusal = useReleaseRefusal();
  const trpc = useTRPC().releases;
  const done = { onSuccess: () => router.refresh() };
  const approve = useMutation(trpc.approve.mutationOptions(done));
  const reject = useMutation(trpc.reject.mutationOptions(done));
  const yank = useMutation(trpc.yank.mutationOptions(done));
  const decide = { approve, reject, yank }[kind];
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    decide.mutate({ id: release.id, reason });
  };
  return (
    <details>
      <summary>{words(`decide.${kind}`)}</summary>
      <form className="model-form" onSubmit={send}>
        <label htmlFor={id}>{words("decide.reason")}</label>
        <textarea id={id} name="reason" rows={3} required minLength={10} maxLength={2000} />
        <Refused sentence={refusal(decide.error)} />
        <button className="btn main" type="submit" disabled={decide.isPending}>
          {words(`decide.${kind}`)}
        </button>
      </form>
    </details>
  );
}

const PARTS = ["about", "limitations", "credits"] as const;
const LANGUAGES = ["en", "zh"] as const;

function ProseForm({ release }: { release: ReleaseDetail }) {
  const words = useTranslations("models");
  const id = useId();
  const router = useRouter();
  const refusal = useReleaseRefusal();
  const save = useMutation(
    useTRPC().releases.saveProse.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const both = (part: keyof Prose) => ({ en: text(`${part}-en`), zh: text(`${part}-zh`) });
    const prose = {
      about: both("about"),
      limitations: both("limitations"),
      credits: both("credits"),
    };
    save.mutate({ id: release.id, prose });
  };
  return (
    <details>
      <summary>{words("describe")}</summary>
      <form className="model-form" onSubmit={send}>
        {PARTS.flatMap((part) =>
          LANGUAGES.map((language) => (
            <p key={`${part}-${language}`}>
              <label htmlFor={`${id}-${part}-${language}`}>
                {words(`card.${part}`)} ({words(`language.${language}`)})
              </label>
              <textarea
                id={`${id}-${part}-${language}`}
                name={`${part}-${language}`}
                rows={3}
                maxLength={4000}
                defaultValue={release.prose[part][language]}
              />
            </p>
          )),
        )}
        <Refused sentence={refusal(save.error)} />
        <button className="btn" type="submit" disabled={save.isPending}>
          {words("save")}
        </button>
      </form>
    </details>
  );
}
