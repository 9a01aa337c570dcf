"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Moment } from "#components/forum/moment.tsx";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { FailedJob } from "#server/admin/contract.ts";
import { ReasonedButton } from "./reasoned-button.tsx";

/** Jobs that were given up, each with another try. */
export function FailedJobs({ jobs }: { jobs: readonly FailedJob[] }) {
  const words = useTranslations("admin");
  const refusal = useRefusal();
  const router = useRouter();
  const retry = useMutation(
    useTRPC().admin.retryJob.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  if (jobs.length === 0) {
    return <p className="quiet">{words("noFailed")}</p>;
  }
  return (
    <>
      <Refused sentence={refusal(retry.error)} />
      <ul className="threads">
        {jobs.map(({ id, queue, message, tries, failedAt }) => (
          <li key={id}>
            <b>{queue}</b>
            <p>
              {message} · {words("tries", { count: tries + 1 })}
              {failedAt !== null && (
                <>
                  {" "}
                  · <Moment at={failedAt} />
                </>
              )}
            </p>
            <ReasonedButton
              label={words("retry")}
              busy={retry.isPending}
              onReason={(reason) => retry.mutate({ id, queue, reason })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
