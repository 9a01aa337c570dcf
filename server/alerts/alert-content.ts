import type { AlertKind } from "./contract.ts";

/** An event as it is told, with where to look. */
export type AlertContent = {
  runId: string;
  runName: string;
  event: {
    id: string;
    attempt: number;
    kind: AlertKind;
    step: number;
    time: number;
    message: string;
    source: string;
    data: unknown;
  };
};

/** Where the event stands on the run's page, without the language. */
export function eventPath({ runId, event }: AlertContent): string {
  return `/runs/${runId}#${event.id}`;
}

/** The body of a webhook. */
export function webhookBody(content: AlertContent, origin: string): string {
  const { runId, runName, event } = content;
  return JSON.stringify({
    type: `run.${event.kind}`,
    timestamp: new Date(event.time).toISOString(),
    data: {
      run: { id: runId, name: runName, url: `${origin}/runs/${runId}` },
      event,
      url: origin + eventPath(content),
    },
  });
}
