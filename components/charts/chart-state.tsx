import { useTranslations } from "next-intl";
import { type JSX, useEffect, useState } from "react";
import { roundDuration } from "./format.ts";

/** Hatch and one sentence that says what will fill it. */
export function EmptyPlot({ text, height }: { text: string; height: number }): JSX.Element {
  return (
    <div className="ch-empty" style={{ height }}>
      <p>{text}</p>
    </div>
  );
}

/** One slow sweep while nothing is there yet. */
export function LoadingPlot({ height }: { height: number }): JSX.Element {
  const t = useTranslations("charts");
  return (
    <div className="ch-sweep" role="status" style={{ height }}>
      <span className="ch-unseen">{t("loading")}</span>
    </div>
  );
}

/** An octagon, what happened, and the way out. */
export function FailedPlot(props: {
  height: number;
  text?: string | undefined;
  onRetry?: (() => void) | undefined;
}): JSX.Element {
  const t = useTranslations("charts");
  return (
    <div className="ch-empty" role="alert" style={{ height: props.height }}>
      <p>
        <span className="ch-failed">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor" />
            <path d="m5.5 5.5 5 5m0-5-5 5" className="ch-cut" />
          </svg>
          {props.text ?? t("failed")}
        </span>
        {props.onRetry && (
          <button type="button" className="ch-retry" onClick={props.onRetry}>
            {t("retry")}
          </button>
        )}
      </p>
    </div>
  );
}

const SECOND = 1000;

/** How old the newest point is, while the connection is away. */
export function PointAge({ time }: { time: number }): JSX.Element {
  const t = useTranslations("charts");
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  const { unit, count } = roundDuration(now - time);
  return <p className="ch-age">{t("lastPoint", { age: t(`durations.${unit}`, { count }) })}</p>;
}
