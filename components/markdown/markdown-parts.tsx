import type { ComponentProps } from "react";
import type { Components, ExtraProps } from "react-markdown";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import { RunCitation } from "./run-citation.tsx";

/** Headings of a text stand below those of the page that shows it; wide things scroll by themselves. */
export const MARKDOWN_PARTS: Components = {
  h1: "h3",
  h2: "h3",
  h3: "h4",
  h4: "h5",
  h5: "h6",
  figure: Figure,
  img: Picture,
  pre: Code,
  table: Table,
};

type Part<T extends "figure" | "img" | "pre" | "table"> = ComponentProps<T> & ExtraProps;

function Figure({ node }: Part<"figure">) {
  const said = (name: string) => {
    const value = node?.properties[name];
    return typeof value === "string" ? value : null;
  };
  const runId = said("dataRun");
  if (runId === null) {
    return null;
  }
  const step = (text: string | null) => (text === null ? null : Number(text));
  return (
    <RunCitation
      runId={runId}
      from={step(said("dataFrom"))}
      to={step(said("dataTo"))}
      said={said("dataSaid")}
    />
  );
}

function Picture({ src, alt }: Part<"img">) {
  return typeof src === "string" ? (
    // biome-ignore lint/performance/noImgElement: the store has made it small already.
    <img src={src} alt={alt ?? ""} loading="lazy" decoding="async" />
  ) : null;
}

function Code({ children }: Part<"pre">) {
  return <CodeBlock>{children}</CodeBlock>;
}

function Table({ children }: Part<"table">) {
  return (
    <ScrollBox>
      <table className="grid-table">{children}</table>
    </ScrollBox>
  );
}
