import { createInterface } from "node:readline";
import { z } from "zod";
import { type Model, readModel } from "../checkpoint/read-model.ts";
import type { DecodingSession } from "../engine/decoding-contract.ts";
import { createDecodingSession } from "../engine/decoding-session.ts";
import { beamSearch } from "../model/beam-search.ts";
import { generate } from "../model/generate.ts";
import { decode } from "../tokenizer/decode.ts";
import { encode } from "../tokenizer/encode.ts";
import { BEGIN, END, LINE_FEED, UNKNOWN } from "../tokenizer/vocabulary.ts";
import type { GenerateCommand } from "./parse-arguments.ts";

/** What may be asked for on one line of stdin. */
const Request = z.object({
  id: z.union([z.string(), z.number()]).nullable().default(null),
  prompt: z.string().min(1).max(20_000),
  maxTokens: z.int().min(1).max(4096).optional(),
  temperature: z.number().min(0).max(100).optional(),
  topP: z.number().gt(0).max(1).optional(),
  beams: z.int().min(1).max(16).optional(),
  repetitionPenalty: z.number().min(1).max(10).optional(),
  seed: z.int().min(0).optional(),
});
type Request = z.infer<typeof Request>;

type Say = (message: Record<string, unknown>) => void;

/** Prints the text that a checkpoint writes after a prompt, or answers requests until stdin ends. */
export async function generateText(
  options: GenerateCommand,
  print: (line: string) => void,
): Promise<void> {
  const writer = await openWriter(options);
  const say: Say = (message) => print(JSON.stringify(message));
  try {
    if (options.prompt === undefined) {
      await answerAll(writer, say);
    } else if (options.stream) {
      await answer(writer, { id: null, prompt: options.prompt }, say);
    } else {
      print(await writer.write({ id: null, prompt: options.prompt }, () => undefined));
    }
  } finally {
    await writer.release();
  }
}

type Writer = {
  write(request: Request, onPiece: (text: string) => void): Promise<string>;
  release(): Promise<void>;
};

/** The model in memory; sessions for drawing and for each number of beams are opened when first needed. */
async function openWriter(options: GenerateCommand): Promise<Writer> {
  const model = await readModel(options.checkpoint);
  const sessions = new Map<number, Promise<DecodingSession>>();
  const sessionFor = (rows: number): Promise<DecodingSession> => {
    const known = sessions.get(rows);
    const session = known ?? createDecodingSession({ ...model, rows, threads: options.threads });
    sessions.set(rows, session);
    return session;
  };
  return {
    async write(request, onPiece) {
      const decoder = await sessionFor(request.beams ?? options.beams);
      return writeText({ model, decoder, options }, request, onPiece);
    },
    async release() {
      for (const session of sessions.values()) {
        await (await session).release();
      }
    },
  };
}

async function writeText(
  at: { model: Model; decoder: DecodingSession; options: GenerateCommand },
  request: Request,
  onPiece: (text: string) => void,
): Promise<string> {
  const { model, decoder, options } = at;
  const { config, vocabulary } = model;
  const text = {
    decoder,
    config,
    ids: [BEGIN, ...encode(vocabulary, request.prompt)],
    maxNewTokens: request.maxTokens ?? options["max-tokens"],
    forbidFirst: [END, LINE_FEED, UNKNOWN],
    repetitionPenalty: request.repetitionPenalty ?? options["repetition-penalty"],
    eos: END,
  };
  if (decoder.rows > 1) {
    const found = decode(vocabulary, await beamSearch(text));
    onPiece(found);
    return found;
  }
  const ids = await generate({
    ...text,
    temperature: request.temperature ?? options.temperature,
    topP: request.topP ?? options["top-p"],
    seed: request.seed ?? options.seed,
    onToken: (token) => onPiece(decode(vocabulary, [token])),
  });
  return decode(vocabulary, ids);
}

/** One request after the other; what is wrong with one is answered and does not end the others. */
async function answerAll(writer: Writer, say: Say): Promise<void> {
  say({ ready: true });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") {
      continue;
    }
    const request = readRequest(line);
    if (request === null) {
      say({ id: null, error: 'Send one JSON object a line, with at least {"prompt": "…"}.' });
    } else {
      await answer(writer, request, say);
    }
  }
}

function readRequest(line: string): Request | null {
  try {
    return Request.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

async function answer(writer: Writer, request: Request, say: Say): Promise<void> {
  const { id } = request;
  try {
    const whole = await writer.write(request, (text) => {
      if (text !== "") {
        say({ id, text });
      }
    });
    say({ id, done: true, whole });
  } catch (error) {
    say({ id, error: error instanceof Error ? error.message : String(error) });
  }
}
