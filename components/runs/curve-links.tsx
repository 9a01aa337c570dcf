"use client";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { RunDetail } from "#server/runs/contract.ts";
import {
  CODE_LANGUAGES,
  type CodeLanguage,
  codeSample,
  EMBED_THEMES,
  type EmbedTheme,
  embedCode,
} from "./code-samples.ts";
import { moveWindow, originOf, wireAxis } from "./relative-axis.ts";
import { usualSmoothing } from "./run-words.ts";
import { type View, writeView } from "./view.ts";

type CurveLinksProps = { run: RunDetail; view: View; window: View["window"] };

/** The shown numbers as JSON, code that fetches them, and code that shows this very view on another page. */
export function CurveLinks({ run, view, window }: CurveLinksProps) {
  const words = useTranslations("curve");
  const query = seriesQuery(run, view, window);
  return (
    <>
      {(["csv", "parquet"] as const).map((format) => (
        <a
          key={format}
          href={`/api/v1/runs/${run.id}/export?${exportQuery(format, view, window)}`}
          title={words("exportAll")}
          download
        >
          {words(`formats.${format}`)}
        </a>
      ))}
      <a href={`/api/v1/runs/${run.id}/series?${query}`}>{words("json")}</a>
      <Opened summary={words("code")}>
        <ApiCode run={run} view={view} query={query} />
      </Opened>
      <Opened summary={words("embed")}>
        <EmbedCode run={run} view={view} />
      </Opened>
    </>
  );
}

function seriesQuery(run: RunDetail, view: View, window: View["window"]): string {
  const shown =
    window === null ? {} : { from: window.from, ...(window.to === null ? {} : { to: window.to }) };
  const asked = new URLSearchParams({ keys: view.keys.join(","), x: wireAxis(view.x) });
  for (const [name, value] of Object.entries(moveWindow(shown, originOf(run, view.x)))) {
    asked.set(name, String(value));
  }
  return asked.toString();
}

/** Every raw point of the shown window, on the shown axis. */
function exportQuery(format: string, view: View, window: View["window"]): string {
  const asked = new URLSearchParams({ format, keys: view.keys.join(","), x: view.x });
  if (window !== null) {
    asked.set("from", String(window.from));
    if (window.to !== null) {
      asked.set("to", String(window.to));
    }
  }
  return asked.toString();
}

/** Built when it is opened: by then the browser knows its own address. */
function Opened({ summary, children }: { summary: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="embed-code" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children}
    </details>
  );
}

function ApiCode({ run, view, query }: { run: RunDetail; view: View; query: string }) {
  const words = useTranslations("curve");
  const [language, setLanguage] = useState<CodeLanguage>("curl");
  const code = codeSample(language, {
    origin: location.origin,
    runId: run.id,
    query,
    key: view.keys[0] ?? "loss",
  });
  return (
    <>
      <Segmented
        label={words("language")}
        value={language}
        options={CODE_LANGUAGES.map((value) => ({ value, label: words(`languages.${value}`) }))}
        onChange={setLanguage}
      />
      <Code text={code} />
    </>
  );
}

const HEIGHTS = [360, 520, 720] as const;

function EmbedCode({ run, view }: { run: RunDetail; view: View }) {
  const words = useTranslations("curve");
  const locale = useLocale();
  const [height, setHeight] = useState<number>(HEIGHTS[1]);
  const [theme, setTheme] = useState<EmbedTheme>("system");
  const query = writeView(view, usualSmoothing(run.config)).toString();
  return (
    <>
      <Segmented
        label={words("height")}
        value={String(height)}
        options={HEIGHTS.map((value) => ({ value: String(value), label: `${value} px` }))}
        onChange={(value) => setHeight(Number(value))}
      />
      <Segmented
        label={words("colours")}
        value={theme}
        options={EMBED_THEMES.map((value) => ({ value, label: words(`colourOf.${value}`) }))}
        onChange={setTheme}
      />
      <Code text={embedCode({ origin: location.origin, locale, run, query, height, theme })} />
    </>
  );
}

function Code({ text }: { text: string }) {
  const words = useTranslations("curve");
  return (
    <div className="cmd">
      <CodeBlock>{text}</CodeBlock>
      <CopyButton text={text} label={words("copyCode")} doneLabel={words("copiedCode")} />
    </div>
  );
}
