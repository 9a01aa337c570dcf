import type { RunStatus } from "../runs/contract.ts";

export type BadgeFacts = {
  /** What stands on the left: the run's name, or that there is none. */
  name: string;
  status: RunStatus | null;
  /** The state in words, with the step where there is one. */
  says: string;
};

const HEIGHT = 24;
const PAD = 9;
/** Widths at 12 px, generous: a reader's font is not ours. */
const WIDE = 12.4;
const NARROW = 7;
const ON_AIR: readonly (RunStatus | null)[] = ["live", "quiet"];

/** A small picture of what the run does now, for other people's sites. Nothing in it runs or is fetched. */
export function badgeSvg({ name, status, says }: BadgeFacts): string {
  const left = Math.ceil(textWidth(name) + 2 * PAD + 12);
  const width = left + Math.ceil(textWidth(says) + 2 * PAD);
  const lamp = ON_AIR.includes(status)
    ? `<circle cx="12" cy="12" r="4" fill="#ff5a45"/>`
    : `<circle cx="12" cy="12" r="3.4" fill="none" stroke="#9aa6ab" stroke-width="1.4"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${escaped(`${name}: ${says}`)}">
<rect width="${width}" height="${HEIGHT}" rx="3" fill="#f4f6f5"/>
<path d="M0 3a3 3 0 0 1 3-3h${left - 3}v${HEIGHT}H3a3 3 0 0 1-3-3Z" fill="#12171a"/>
${lamp}
<g font-family="Archivo,Helvetica,Arial,'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif" font-size="12" font-weight="600">
<text x="${PAD + 12}" y="16" fill="#fff">${escaped(name)}</text>
<text x="${left + PAD}" y="16" fill="#12171a">${escaped(says)}</text>
</g>
</svg>
`;
}

function textWidth(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? WIDE : NARROW), 0);
}

const escaped = (text: string) =>
  text
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
