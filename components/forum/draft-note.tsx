"use client";
import { useTranslations } from "next-intl";
import type { UsedDraft } from "./use-draft.ts";

/** Whether what is being written is safe; after a conflict, the choice between the two texts. */
export function DraftNote({ draft: { state, takeOther, keepMine } }: { draft: UsedDraft }) {
  const words = useTranslations("forum");
  if (state === "conflict") {
    return (
      <span className="notice warn" role="alert">
        <span>
          {words("draft.conflict")}{" "}
          <button className="text-btn" type="button" onClick={takeOther}>
            {words("draft.takeOther")}
          </button>{" "}
          <button className="text-btn" type="button" onClick={keepMine}>
            {words("draft.keepMine")}
          </button>
        </span>
      </span>
    );
  }
  return (
    <span className="quiet" role="status">
      {state === "none" ? "" : words(`draft.${state}`)}
    </span>
  );
}
