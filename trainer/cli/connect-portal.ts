import { join } from "node:path";
import type { RunCommand } from "#server/run-log/contract.ts";
import type { StartRunInput } from "#server/runs/contract.ts";
import type { Corpus } from "../data/prepare-corpus.ts";
import { readEnv } from "../env.ts";
import type { Controls } from "../loop/controls.ts";
import { countParameters } from "../model/count-parameters.ts";
import type { RunConfig } from "../recipes/run-config.ts";
import { openPortal, type Portal } from "../report/portal.ts";
import { TrainerError } from "../trainer-error.ts";
import type { TrainCommand } from "./parse-arguments.ts";
import { planTokens } from "./plan-tokens.ts";
import { runKey } from "./run-key.ts";

type Connection = {
  command: TrainCommand;
  config: RunConfig;
  directory: string;
  corpus: Corpus;
  controls: Controls;
  say: (text: string) => void;
  fromStep: number;
};

/** The portal's sink, when an address and a token are given. */
export async function connectPortal({
  command,
  config,
  directory,
  corpus,
  controls,
  say,
  fromStep,
}: Connection): Promise<Portal | null> {
  const env = readEnv();
  const url = command.portal ?? env.portalUrl;
  const token = command.token ?? env.portalToken;
  if (url === undefined) {
    return null;
  }
  if (token === undefined) {
    throw new TrainerError(
      "usage",
      "A portal needs a token: add --token or set CPM_PORTAL_TOKEN. `npm run token -- create --scope ingest` at the portal prints one.",
    );
  }
  const onCommand = (given: RunCommand): void => controls.receive(given);
  return openPortal({
    url,
    token,
    directory: join(directory, "report"),
    run: describeRun(config, corpus, runKey(directory)),
    fromStep,
    onCommand,
    notify: say,
  });
}

function describeRun(config: RunConfig, corpus: Corpus, key: string): StartRunInput {
  return {
    project: config.project,
    name: config.name,
    key,
    config: {
      ...config,
      parameters: countParameters(config.model),
      corpus: corpus.records,
      devices: 1,
    },
    planned: {
      steps: config.steps,
      tokens: planTokens(config, corpus),
      stages: config.stages.map(({ name, fromStep }) => ({ name, fromStep })),
    },
  };
}
