import { AppError } from "../platform/errors.ts";
import type { MemberActor } from "./actor.ts";
import { allowedIn } from "./trust-levels.ts";

const LINK = /\bhttps?:\/\/|\]\(\s*\/\//gi;
const IMAGE = /!\[/g;

/** Throws when a text holds more links or images than its author's trust allows; whoever is limited is told so. */
export function requireAllowed(actor: Pick<MemberActor, "trust">, text: string): void {
  const { links, images } = allowedIn(actor.trust);
  refuseBeyond(links, text.match(LINK)?.length ?? 0, "links");
  refuseBeyond(images, text.match(IMAGE)?.length ?? 0, "images");
}

function refuseBeyond(most: number, count: number, what: "links" | "images"): void {
  if (count > most) {
    throw new AppError(
      "forbidden",
      `Your text has ${count} ${what}; at your trust level a text may have ${most}. Take some out. /members says how trust grows.`,
      { details: { reason: `too-many-${what}`, most } },
    );
  }
}
