"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Moment } from "#components/forum/moment.tsx";
import { Link, useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { OFFER_STATES, type Offer, OfferState } from "#server/support/contract.ts";

/** The queue of offers: what was written, where it stands, and thanks where they are wanted. */
export function OffersPage({ offers }: { offers: readonly Offer[] }) {
  const words = useTranslations("admin");
  return (
    <>
      <section className="title wrap">
        <p className="crumb">
          <Link href="/admin">{words("title")}</Link>
        </p>
        <h1>{words("offersTitle")}</h1>
        <p className="lede">{words("offersSay")}</p>
      </section>
      <div className="wrap">
        {offers.length === 0 && (
          <p className="empty">
            <span>{words("noOffers")}</span>
          </p>
        )}
        {offers.map((offer) => (
          <OfferItem key={offer.id} offer={offer} />
        ))}
      </div>
    </>
  );
}

function OfferItem({ offer }: { offer: Offer }) {
  const words = useTranslations("admin");
  const kinds = useTranslations("support");
  const refusal = useRefusal();
  const router = useRouter();
  const { support } = useTRPC();
  const again = { onSuccess: () => router.refresh() };
  const change = useMutation(support.change.mutationOptions(again));
  const thank = useMutation(support.thank.mutationOptions(again));
  const { id, thanksName } = offer;
  const read = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    return (name: string) => String(form.get(name) ?? "");
  };
  return (
    <article className="offer">
      <h2>
        {offer.name} <span className="note">{kinds(`kind.${offer.kind}`)}</span>
      </h2>
      <p className="quiet">
        {offer.contact} · <Moment at={offer.createdAt} /> ·{" "}
        {thanksName === null ? words("noThanks") : words("thanksAs", { name: thanksName })}
      </p>
      <p className="told">{offer.body}</p>
      <form
        onSubmit={(event) => {
          const text = read(event);
          change.mutate({ id, state: OfferState.parse(text("state")), note: text("note") });
        }}
      >
        <label>
          {words("offerState")}
          <select name="state" defaultValue={offer.state}>
            {OFFER_STATES.map((state) => (
              <option key={state} value={state}>
                {words(`stateOf.${state}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words("note")}
          <input name="note" defaultValue={offer.note} maxLength={2000} />
        </label>
        <button className="btn" type="submit" disabled={change.isPending}>
          {words("save")}
        </button>
      </form>
      {thanksName !== null && offer.state === "accepted" && !offer.thanked && (
        <form
          onSubmit={(event) => {
            const text = read(event);
            thank.mutate({ id, what: { en: text("en"), zh: text("zh") } });
          }}
        >
          {(["en", "zh"] as const).map((language) => (
            <label key={language}>
              {words(`what.${language}`)}
              <input name={language} required minLength={3} maxLength={300} />
            </label>
          ))}
          <button className="btn" type="submit" disabled={thank.isPending}>
            {words("thank")}
          </button>
        </form>
      )}
      <Refused sentence={refusal(change.error ?? thank.error)} />
    </article>
  );
}
