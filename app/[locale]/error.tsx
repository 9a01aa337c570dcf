"use client";
import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";

type ErrorProps = { error: Error & { digest?: string }; reset: () => void };

export default function Failed({ error, reset }: ErrorProps) {
  const words = useTranslations("failed");
  return (
    <section className="title wrap" role="alert">
      <h1>
        <span className="bad">
          <Icon name="s-bad" />
        </span>{" "}
        {words("title")}
      </h1>
      <p className="lede">{words("say")}</p>
      <p className="actions mt-4">
        <button type="button" className="btn main" onClick={reset}>
          {words("again")}
        </button>
      </p>
      {error.digest !== undefined && (
        <p className="quiet mt-4">{words("code", { digest: error.digest })}</p>
      )}
    </section>
  );
}
