"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { RunDetail } from "#server/runs/contract.ts";
import { moveWindow, originOf, wireAxis } from "./relative-axis.ts";
import { type View, writeView } from "./view.ts";

type CurveLinksProps = { run: RunDetail; view: View; window: View["window"] };

/** The shown numbers as JSON, and the code that shows this very view on another page. */
export function CurveLinks({ run, view, window }: CurveLinksProps) {
  const words = useTranslations("curve");
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const shown = {
    ...(window === null
      ? {}
      : { from: window.from, ...(window.to === null ? {} : { to: window.to }) }),
  };
  const asked = new URLSearchParams({ keys: view.keys.join(","), x: wireAxis(view.x) });
  for (const [name, value] of Object.entries(moveWindow(shown, originOf(run, view.x)))) {
    asked.set(name, String(value));
  }
  const query = writeView(view).toString();
  const path = `/${locale}/embed/runs/${run.id}${query === "" ? "" : `?${query}`}`;
  const origin = typeof location === "undefined" ? "" : location.origin;
  const code = `<iframe src="${origin}${path}" width="100%" height="520" style="border:0" loading="lazy" title="${run.name.replaceAll('"', "&quot;")}"></iframe>`;
  return (
    <>
      <a href={`/api/v1/runs/${run.id}/series?${asked}`}>{words("json")}</a>
      <details className="embed-code" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{words("embed")}</summary>
        {open && (
          <div className="cmd">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
            <pre tabIndex={0}>{code}</pre>
            <CopyButton text={code} label={words("copyEmbed")} doneLabel={words("copiedEmbed")} />
          </div>
        )}
      </details>
    </>
  );
}
