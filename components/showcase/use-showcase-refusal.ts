"use client";
import { useTranslations } from "next-intl";
import { useRefusal } from "#components/members/use-refusal.ts";

type Refusal = Parameters<ReturnType<typeof useRefusal>>[0];

/** Why something in the showcase was not done, in the reader's language. */
export function useShowcaseRefusal(): (error: Refusal) => string | undefined {
  const words = useTranslations("showcase");
  const other = useRefusal();
  return (error) => {
    const name = `refusals.${error?.data?.reason}`;
    return words.has(name) ? words(name) : other(error);
  };
}
