"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";
import { type ShowcaseDetail, STAGES, Stage } from "#server/showcase/contract.ts";
import { useShowcaseRefusal } from "./use-showcase-refusal.ts";

type FormProps = {
  uses: { id: string; name: string }[];
  /** The application that is changed; absent for a new one. */
  app?: ShowcaseDetail | undefined;
};

/** Takes a new application, or another text for one. What was typed stays when it is refused. */
export function ShowcaseForm({ uses, app }: FormProps) {
  const words = useTranslations("showcase");
  const refusal = useShowcaseRefusal();
  const router = useRouter();
  const { showcase } = useTRPC();
  const show = (id: number) => router.push(`/showcase/${id}`);
  const submit = useMutation(showcase.submit.mutationOptions({ onSuccess: ({ id }) => show(id) }));
  const revise = useMutation(
    showcase.revise.mutationOptions({ onSuccess: (_, { id }) => show(id) }),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = readText(form);
    if (app === undefined) {
      submit.mutate({ ...text, stage: Stage.parse(form.get("stage")) });
    } else {
      revise.mutate({ ...text, id: app.id });
    }
  };
  return (
    <form className="wide-form" onSubmit={send}>
      <Texts app={app} />
      <Places app={app} uses={uses} />
      <Refused sentence={refusal(submit.error ?? revise.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={submit.isPending || revise.isPending}>
          {words(app === undefined ? "publish" : "save")}
        </button>
      </p>
    </form>
  );
}

function Texts({ app }: Pick<FormProps, "app">) {
  const words = useTranslations("showcase");
  const id = useId();
  return (
    <>
      <p>
        <label htmlFor={`${id}-title`}>{words("titleLabel")}</label>
        <input
          id={`${id}-title`}
          name="title"
          defaultValue={app?.title}
          minLength={4}
          maxLength={100}
          required
        />
      </p>
      <p>
        <label htmlFor={`${id}-summary`}>{words("summaryLabel")}</label>
        <input
          id={`${id}-summary`}
          name="summary"
          defaultValue={app?.summary}
          minLength={10}
          maxLength={240}
          required
        />
      </p>
      <p>
        <label htmlFor={`${id}-body`}>{words("bodyLabel")}</label>
        <textarea id={`${id}-body`} name="body" rows={8} defaultValue={app?.body} />
        <span className="note">{words("bodyNote")}</span>
      </p>
      {app === undefined && (
        <p>
          <label htmlFor={`${id}-stage`}>{words("stageLabel")}</label>
          <select id={`${id}-stage`} name="stage" defaultValue="idea">
            {STAGES.map((stage) => (
              <option key={stage} value={stage}>
                {words(`stage.${stage}`)}
              </option>
            ))}
          </select>
        </p>
      )}
    </>
  );
}

function Places({ app, uses }: FormProps) {
  const words = useTranslations("showcase");
  const id = useId();
  const linkOf = (kind: string) => app?.links.find((link) => link.kind === kind)?.url;
  return (
    <>
      <p>
        <label htmlFor={`${id}-uses`}>{words("usesLabel")}</label>
        <select id={`${id}-uses`} name="usesId" defaultValue={app?.usesId ?? ""}>
          <option value="">{words("usesNone")}</option>
          {uses.map((use) => (
            <option key={use.id} value={use.id}>
              {use.name}
            </option>
          ))}
        </select>
      </p>
      {(["repository", "demo"] as const).map((kind) => (
        <p key={kind}>
          <label htmlFor={`${id}-${kind}`}>{words(kind)}</label>
          <input
            id={`${id}-${kind}`}
            name={kind}
            type="url"
            placeholder="https://"
            defaultValue={linkOf(kind)}
          />
        </p>
      ))}
      <p className="note">{words("linksNote")}</p>
      <p>
        <label htmlFor={`${id}-tags`}>{words("tagsLabel")}</label>
        <input id={`${id}-tags`} name="tags" defaultValue={app?.tags.join(" ")} />
        <span className="note">{words("tagsNote")}</span>
      </p>
    </>
  );
}

function readText(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const orNull = (name: string) => (text(name) === "" ? null : text(name));
  return {
    ...{ title: text("title"), summary: text("summary"), body: text("body") },
    ...{ usesId: orNull("usesId"), repository: orNull("repository"), demo: orNull("demo") },
    tags: text("tags")
      .split(/[\s,，、]+/)
      .filter((tag) => tag !== "")
      .slice(0, 5),
  };
}
