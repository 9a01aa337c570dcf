"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { formatBytes } from "#components/runs/format-bytes.ts";
import { type Answered, askCall } from "./ask-call.ts";

/** A reading call as it can be made right now. */
export type ReadyCall = { id: string; path: string; does: string };

/** Calls of the API made by this browser, with what really comes back. */
export function TryCalls({ calls }: { calls: readonly ReadyCall[] }) {
  const words = useTranslations("apiTry");
  const id = useId();
  const [chosen, setChosen] = useState(calls[0]?.id ?? "");
  const call = calls.find((one) => one.id === chosen) ?? calls[0];
  const { data, isFetching, isError, refetch } = useQuery({
    queryKey: ["api-try", call?.path],
    queryFn: () => askCall(call?.path ?? ""),
    enabled: call !== undefined,
    staleTime: 0,
    retry: false,
  });
  return (
    <div className="try-calls">
      <p>
        <label htmlFor={id}>{words("call")}</label>{" "}
        <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {calls.map((one) => (
            <option key={one.id} value={one.id}>
              {one.does}
            </option>
          ))}
        </select>{" "}
        <button className="btn" type="button" disabled={isFetching} onClick={() => void refetch()}>
          {words(isFetching ? "asking" : "ask")}
        </button>
      </p>
      {call !== undefined && (
        <p>
          <a href={call.path}>
            <code>GET {call.path}</code>
          </a>
        </p>
      )}
      <div role="status">
        {isError ? <p>{words("failed")}</p> : data !== undefined && <Answer {...data} />}
      </div>
    </div>
  );
}

function Answer({ status, ms, kind, size, text, length, repeated }: Answered) {
  const words = useTranslations("apiTry");
  const locale = useLocale();
  return (
    <>
      <p className="quiet">
        {words("status", { status, ms, kind, size: formatBytes(size, locale) })}{" "}
        {repeated !== null && words("again", { status: repeated })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="try-answer" tabIndex={0} aria-label={words("answer")}>
        <pre>{text}</pre>
      </section>
      {text.length < length && (
        <p className="quiet">{words("cut", { shown: text.length, all: length })}</p>
      )}
    </>
  );
}
