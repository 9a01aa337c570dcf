import { join } from "node:path";
import { readNewestState } from "../checkpoint/read-newest-state.ts";
import { readRun } from "../run-report/read-run.ts";
import { writeReport } from "../run-report/write-report.ts";
import type { ReportCommand } from "./parse-arguments.ts";

/** Writes the report of a training from what it left in its directory. */
export async function reportRun({ run: directory, out }: ReportCommand): Promise<string> {
  const run = await readRun(directory);
  const state = await readNewestState(join(directory, "checkpoints"));
  await writeReport(out, { run, state });
  return `Wrote ${out} from ${run.steps.length} steps.`;
}
