"use client";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import { OFFER_KINDS, OfferKind } from "#server/support/contract.ts";

/** An offer of help. Nobody needs an account for it, and only admins read it. */
export function OfferForm() {
  const words = useTranslations("support");
  const refusal = useRefusal();
  const language = useLocale() === "zh" ? "zh" : "en";
  const id = useId();
  const offer = useMutation(useTRPC().support.offer.mutationOptions());
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const thanksName = text("thanksName");
    offer.mutate({
      ...{ kind: OfferKind.parse(form.get("kind")), name: text("name"), language },
      ...{ contact: text("contact"), body: text("body") },
      thanksName: thanksName === "" ? null : thanksName,
    });
  };
  if (offer.isSuccess) {
    return (
      <p className="notice good" role="status">
        <Icon name="s-good" className="good" />
        <span>{words("sent")}</span>
      </p>
    );
  }
  return (
    <form className="wide-form" onSubmit={send}>
      <p>
        <label htmlFor={`${id}-kind`}>{words("kindLabel")}</label>
        <select id={`${id}-kind`} name="kind">
          {OFFER_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words(`kind.${kind}`)}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor={`${id}-name`}>{words("name")}</label>
        <input id={`${id}-name`} name="name" required minLength={2} maxLength={100} />
      </p>
      <p>
        <label htmlFor={`${id}-contact`}>{words("contact")}</label>
        <input id={`${id}-contact`} name="contact" required minLength={5} maxLength={200} />
      </p>
      <p>
        <label htmlFor={`${id}-body`}>{words("body")}</label>
        <textarea id={`${id}-body`} name="body" rows={5} required minLength={20} maxLength={4000} />
      </p>
      <ThanksField id={id} />
      <Refused sentence={refusal(offer.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={offer.isPending}>
          {words("send")}
        </button>
      </p>
      <p className="note">{words("private")}</p>
    </form>
  );
}

function ThanksField({ id }: { id: string }) {
  const words = useTranslations("support");
  const [open, setOpen] = useState(false);
  return (
    <>
      <p>
        <label>
          <input
            type="checkbox"
            checked={open}
            onChange={(event) => setOpen(event.target.checked)}
          />{" "}
          {words("thankMe")}
        </label>
      </p>
      {open && (
        <p>
          <label htmlFor={`${id}-thanks`}>{words("thanksName")}</label>
          <input id={`${id}-thanks`} name="thanksName" required minLength={2} maxLength={80} />
        </p>
      )}
    </>
  );
}
