import { z } from "zod";
import { Format, PublishedDraft } from "#server/releases/contract.ts";
import { readState } from "../checkpoint/read-checkpoint.ts";
import { readEnv } from "../env.ts";
import { createPortalClient } from "../report/portal-client.ts";
import { TrainerError } from "../trainer-error.ts";
import type { PublishCommand } from "./parse-arguments.ts";

const Formats = z.array(Format).min(1);

/** Hands a checkpoint to the portal as the draft of a release; returns where it can be looked at. */
export async function publishCheckpoint(options: PublishCommand): Promise<string> {
  const env = readEnv();
  const url = options.portal ?? env.portalUrl;
  const token = options.token ?? env.portalToken;
  if (url === undefined || token === undefined) {
    throw new TrainerError(
      "usage",
      "publish: say which portal and who you are: --portal URL --token T, or CPM_PORTAL_URL and CPM_PORTAL_TOKEN. The token is yours, of scope control: make one under Account.",
    );
  }
  const formats = Formats.safeParse(options.formats.split(",").map((name) => name.trim()));
  if (!formats.success) {
    throw new TrainerError(
      "usage",
      `publish: --formats is not usable. Choose from ${Format.options.join(", ")}.`,
    );
  }
  const state = await readState(options.checkpoint);
  const client = createPortalClient(url, token, new AbortController().signal);
  const answer = await client.ask({
    method: "POST",
    path: `/api/v1/models/${options.model}/releases`,
    json: {
      weightsSha256: state.files["model.safetensors"]?.sha256,
      formats: formats.data,
      ...(options.version === undefined ? {} : { version: options.version }),
    },
    answer: PublishedDraft,
  });
  if (answer.kind !== "ok") {
    throw new TrainerError("data", `The portal did not take it: ${answer.reason}`);
  }
  const { version, url: page } = answer.value;
  return `${options.model} ${version} is a draft: ${new URL(page, url)}. Another engineer approves it there once its formats are built.`;
}
