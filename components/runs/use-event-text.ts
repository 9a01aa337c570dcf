import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RunEvent } from "#server/runs/contract.ts";
import { useFormats } from "./use-formats.ts";

/**
 * An event's sentence in the reader's language where the portal itself wrote it and its facts are at hand; anything
 * that a trainer or an engineer wrote stays as they wrote it.
 */
export function useEventText(): (event: RunEvent) => string {
  const words = useTranslations("events.text");
  const { step } = useFormats();
  return useMemo(
    () => (event) => {
      const { kind, source, data, attempt } = event;
      if (source !== "server" || data === null) {
        return event.message;
      }
      const at = step(event.step);
      const lastStep = Number(data["lastStep"]);
      const reason = String(data["reason"]);
      switch (kind) {
        case "checkpoint":
          return words("checkpoint", { step: at });
        case "start":
        case "restart":
          return words("start", { attempt, step: at, reason });
        case "rollback":
          return words("rollback", { attempt, step: at, reason, lastStep: step(lastStep) });
        case "nan":
          return words("nan", { step: at, value: String(data["value"]) });
        default:
          return event.message;
      }
    },
    [words, step],
  );
}
