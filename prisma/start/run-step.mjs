import { spawn } from "node:child_process";
import { StartError } from "./progress.mjs";

/** The commands that run now, so that a signal can end them. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Runs a command to its end and keeps its output to itself; when it fails, the end of the output is in the error.
 * @param {string} command
 * @param {string[]} args
 * @param {{ failure: string }} options
 */
export async function runStep(command, args, { failure }) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let output = "";
  const keep = (chunk) => {
    output = `${output}${chunk}`.slice(-6_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const code = await new Promise((done) => {
    child.on("error", (error) => {
      output += error.message;
      done(1);
    });
    child.on("close", (status) => done(status ?? 1));
  });
  running.delete(child);
  if (code !== 0) {
    throw new StartError(`${output.trim()}\n\n${failure}`);
  }
}

/** Ends the commands that run now. @param {NodeJS.Signals} signal */
export function endSteps(signal) {
  for (const child of running) {
    child.kill(signal);
  }
}
