import { statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type SendDataReport, StoredDataReport } from "#server/data/contract.ts";
import { backOffMs } from "../report/back-off.ts";
import { createPortalClient } from "../report/portal-client.ts";
import { TrainerError } from "../trainer-error.ts";

const TRIES = 8;

type Sending = {
  url: string;
  token: string;
  report: SendDataReport;
  say: (text: string) => void;
};

/**
 * Sends a corpus's report, again after each failure that may pass. The portal knows a report by its content, so one
 * whose answer was lost is not kept twice.
 */
export async function sendDataReport({
  url,
  token,
  report,
  say,
}: Sending): Promise<StoredDataReport> {
  const client = createPortalClient(url, token, new AbortController().signal);
  for (let failures = 1; ; failures += 1) {
    const answer = await client.ask({
      method: "POST",
      path: "/api/v1/data-reports",
      json: report,
      answer: StoredDataReport,
    });
    if (answer.kind === "ok") {
      return answer.value;
    }
    if (answer.kind === "refused" || failures === TRIES) {
      throw new TrainerError(
        "network",
        `${url} did not take the report: ${answer.reason}. It lies beside the corpus; run the same command again later.`,
      );
    }
    const pause = Math.max(answer.waitMs ?? 0, backOffMs(failures));
    say(`${answer.reason}; trying again in ${(pause / 1000).toFixed(1)} s`);
    await wait(pause);
  }
}

/** When a corpus was built: when its report was written. */
export function builtAt(reportFile: string): number {
  return Math.floor(statSync(reportFile).mtimeMs);
}
