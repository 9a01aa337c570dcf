"use client";
import { useTranslations } from "next-intl";
import { Segmented } from "#components/ui/segmented.tsx";
import { SPANS, type View } from "./view.ts";

type SpanChoiceProps = { view: View; onChange: (change: Partial<View>) => void };

/** The last hour, day, week, or all of it; none is pressed while a window chosen by hand is shown. */
export function SpanChoice({ view, onChange }: SpanChoiceProps) {
  const words = useTranslations("curve");
  return (
    <Segmented
      label={words("span")}
      value={view.window === null ? view.span : null}
      options={SPANS.map((span) => ({ value: span, label: words(`spans.${span}`) }))}
      onChange={(span) => onChange({ span, window: null })}
    />
  );
}
