import type { Decoder } from "../model/decoder.ts";
import type { InferenceSessionOptions } from "./inference-contract.ts";

/** A model that writes texts, with the keys and values of what is written kept. */
export type DecodingSession = Decoder & { release(): Promise<void> };

export type DecodingSessionOptions = InferenceSessionOptions & {
  /** Texts that grow side by side, as a search over beams needs them. */
  rows: number;
};
