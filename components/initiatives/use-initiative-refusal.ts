"use client";
import { useTranslations } from "next-intl";
import { useRefusal } from "#components/members/use-refusal.ts";

type Refusal = Parameters<ReturnType<typeof useRefusal>>[0];

/** Why an initiative was not moved, in the reader's language. */
export function useInitiativeRefusal(): (error: Refusal) => string | undefined {
  const words = useTranslations("initiatives");
  const other = useRefusal();
  return (error) => {
    const reason = error?.data?.reason;
    const name = `refusals.${reason}`;
    return words.has(name) ? words(name) : other(error);
  };
}
