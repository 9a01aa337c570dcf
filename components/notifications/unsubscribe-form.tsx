"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";

/** Ends the mails with what is new, for whoever has one of them in hand. */
export function UnsubscribeForm({ token }: { token: string }) {
  const words = useTranslations("notifications");
  const stop = useMutation({
    mutationFn: async () => {
      const answer = await fetch(`/api/unsubscribe/${encodeURIComponent(token)}`, {
        method: "POST",
      });
      if (!answer.ok) {
        throw new Error(`The portal answered ${answer.status}.`);
      }
    },
  });
  if (stop.isSuccess) {
    return (
      <p className="notice good" role="status">
        {words("stopped")}
      </p>
    );
  }
  return (
    <div className="stack">
      <p>{words("stopSay")}</p>
      {stop.isError && (
        <p className="notice bad" role="alert">
          {words("stopFailed")}
        </p>
      )}
      <p className="actions">
        <button
          className="btn main"
          type="button"
          disabled={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {words("stop")}
        </button>
        <Link href="/account">{words("settings")}</Link>
      </p>
    </div>
  );
}
