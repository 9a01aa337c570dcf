"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { Link } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { type Said, usePrompt } from "./use-prompt.ts";
import { useShareSample } from "./use-share-sample.ts";

/** `of`: what the reader calls the checkpoint, a release or a step. */
type TryItProps = { checkpointId: string; of: { version: string } | { step: number } };

/** A text that the released checkpoint goes on with, on the portal's own machine. */
export function TryIt({ checkpointId, of }: TryItProps) {
  const words = useTranslations("models");
  const name = "version" in of ? words("try.release", of) : words("try.step", of);
  const Heading = "version" in of ? "h2" : "h3";
  const id = useId();
  const { said, ask, stop } = usePrompt(checkpointId);
  const running = said.kind === "waiting" || said.kind === "writing";
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const maxTokens = Number(form.get("length"));
    void ask({ prompt: String(form.get("prompt") ?? ""), maxTokens });
  };
  return (
    <section className="try-it" id={"version" in of ? "try" : undefined}>
      <Heading>{words("try.title")}</Heading>
      <p className="quiet">{words("try.about", { name })}</p>
      <form className="model-form" onSubmit={send}>
        <label htmlFor={`${id}-prompt`}>{words("try.prompt")}</label>
        <textarea id={`${id}-prompt`} name="prompt" rows={3} required maxLength={2000} />
        <label htmlFor={`${id}-length`}>{words("try.length")}</label>
        <input
          id={`${id}-length`}
          name="length"
          type="number"
          min={1}
          max={200}
          defaultValue={60}
          required
        />
        <p className="actions">
          <button className="btn main" type="submit" disabled={running}>
            {words("try.send")}
          </button>
          {running && (
            <button className="text-btn" type="button" onClick={stop}>
              {words("try.stop")}
            </button>
          )}
        </p>
      </form>
      <Answer said={said} />
      {said.kind === "done" && <Share prompt={said.prompt} text={said.text} name={name} />}
      <p className="note">
        {words.rich("try.risks", { risks: (text) => <Link href="/risks">{text}</Link> })}
      </p>
    </section>
  );
}

function Answer({ said }: { said: Said }) {
  const words = useTranslations("models");
  return (
    <div aria-live="polite" aria-busy={said.kind === "writing"}>
      {said.kind === "waiting" && (
        <p role="status">{words("try.waiting", { count: said.before })}</p>
      )}
      {(said.kind === "writing" || said.kind === "done") && (
        <output className="generated">{said.text}</output>
      )}
      {said.kind === "failed" && <Refused sentence={said.sentence} />}
    </div>
  );
}

function Share({ prompt, text, name }: { prompt: string; text: string; name: string }) {
  const words = useTranslations("models");
  const { member } = useMember();
  const share = useShareSample();
  const title = words("try.shareTitle", { name });
  return member === null ? null : (
    <p>
      <button
        className="text-btn"
        type="button"
        onClick={() => void share({ title, prompt, text })}
      >
        {words("try.share")}
      </button>
    </p>
  );
}
