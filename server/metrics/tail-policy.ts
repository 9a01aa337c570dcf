// When an attempt's tail is sealed. Reading merges the tail each time, so it should stay small; sealing rewrites the
// last chunk and the open pages of each series, so it should not happen too often. Measured with 60 keys on two busy
// cores: sealing 33 000 points takes 40 to 75 ms (1.3 to 2.2 µs a point, most of it in the database), and leaving them
// in the tail makes reading all 60 keys some 30 ms slower.

/** What waits unsealed in an attempt's tail. */
export type TailSize = { points: number; messages: number };

const BACKGROUND: TailSize = { points: 32_768, messages: 256 };
/** So far behind that the writer should wait for the seal, else a fast writer outruns it for ever. */
const INLINE: TailSize = { points: 524_288, messages: 16_384 };

/** Whether to leave the tail, to seal it beside other work, or to make the writer wait for the seal. */
export function sealWhen(tail: TailSize): "later" | "background" | "now" {
  if (tail.points >= INLINE.points || tail.messages >= INLINE.messages) {
    return "now";
  }
  const due = tail.points >= BACKGROUND.points || tail.messages >= BACKGROUND.messages;
  return due ? "background" : "later";
}
