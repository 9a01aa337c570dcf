import type { LogBatchInput, OpenAttempt, StartRunInput } from "#server/runs/contract.ts";

// The bodies are values of the contract's types, so that an example can never fall behind the interface.

export const EXAMPLE_RUN = {
  project: "my-project",
  name: "first try",
  key: "first-try",
  config: { layers: 12, width: 768 },
  planned: { steps: 1000 },
} satisfies StartRunInput;

export const EXAMPLE_ATTEMPT = { fromStep: 0, reason: "first start" } satisfies OpenAttempt;

const FIRST_TIME = 1_767_225_600_000;

export const EXAMPLE_BATCH = {
  attempt: 1,
  batch: 1,
  steps: [1, 2, 3],
  times: [FIRST_TIME, FIRST_TIME + 500, FIRST_TIME + 1000],
  series: { loss: [8.31, 8.27, 8.22], lr: [0.0001, 0.0002, 0.0003] },
} satisfies LogBatchInput;

export const EXAMPLE_FINISH = { status: "finished" } as const;

export type Example = {
  id: "token" | "openRun" | "logBatch" | "finish" | "watch";
  commands: string;
};

/** Commands that show a training on the portal at `origin`, in the order in which they are run. */
export function examples(origin: string): Example[] {
  const api = `${origin}/api/v1`;
  const run = `${api}/runs/$RUN`;
  const post = (address: string, body: unknown) =>
    `curl -s ${address} \\\n  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(body)}'`;
  return [
    { id: "token", commands: "npm run token -- create --scope ingest\nTOKEN=…" },
    {
      id: "openRun",
      commands: `${post(`${api}/runs`, EXAMPLE_RUN)}\nRUN=…\n${post(`${run}/attempts`, EXAMPLE_ATTEMPT)}`,
    },
    { id: "logBatch", commands: post(`${run}/log`, EXAMPLE_BATCH) },
    { id: "finish", commands: post(`${run}/finish`, EXAMPLE_FINISH) },
    {
      id: "watch",
      commands: `curl -s "${run}/series?keys=loss&buckets=500"\ncurl -N "${run}/live?since=0"`,
    },
  ];
}
