import { useTranslations } from "next-intl";

const TOP = /^top-(\d+)-gram$/;
const REPEATED = /^duplicate-(\d+)-grams$/;

/** The reasons of the filter in the reader's language; one that this page does not know stands as it was sent. */
export function useReasons(): (reason: string) => string {
  const words = useTranslations("data");
  return (reason) => {
    const top = TOP.exec(reason)?.[1];
    const repeated = REPEATED.exec(reason)?.[1];
    if (top !== undefined) {
      return words("topGram", { n: top });
    }
    if (repeated !== undefined) {
      return words("repeatedGrams", { n: repeated });
    }
    const key = `reason.${reason}` as const;
    return words.has(key as "reason.empty") ? words(key as "reason.empty") : reason;
  };
}
