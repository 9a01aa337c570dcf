// Text in pictures is drawn with the portal's own font, so that it looks the same on a machine without any. The font
// library wants a plain font file: the packaged one is unpacked once into the system's folder for such things.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { unpackWoff } from "./unpack-woff.ts";

export type Text = {
  text: string;
  size: number;
  colour: string;
  /** `left`: begins there; `right`: ends there. */
  x: number;
  align: "left" | "right";
  /** The middle of its line. */
  y: number;
  /** A text that would be wider is set smaller. */
  within?: number;
};
export type Placed = { input: Buffer; left: number; top: number };

const FAMILY = "IBM Plex Mono";
const PACKAGED = "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff";
let unpacked: string | undefined;

/** The text as a picture of its own, and where it belongs. Null for a text that leaves nothing to draw. */
export async function drawText(wanted: Text): Promise<Placed | null> {
  const { size, colour, x, align, y, within = Infinity } = wanted;
  const text = (await drawable(wanted.text)).trim();
  if (text === "") {
    return null;
  }
  const first = await setText(text, { size, colour });
  const share = within / first.info.width;
  const fitting = Math.floor(size * share);
  const { data, info } = share >= 1 ? first : await setText(text, { size: fitting, colour });
  return {
    input: data,
    left: Math.max(0, Math.round(align === "left" ? x : x - info.width)),
    top: Math.max(0, Math.round(y - info.height / 2)),
  };
}

type Style = { size: number; colour: string };

async function setText(text: string, { size, colour }: Style) {
  return await sharp({
    text: {
      text: `<span foreground="${colour}">${escaped(text)}</span>`,
      font: `${FAMILY} ${size}`,
      fontfile: fontFile(),
      dpi: 72,
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
}

function fontFile(): string {
  unpacked ??= unpackFont();
  return unpacked;
}

function unpackFont(): string {
  const { resolve } = createRequire(join(process.cwd(), "package.json"));
  const file = join(mkdtempSync(join(tmpdir(), "cpm-live-font-")), "plain.ttf");
  writeFileSync(file, unpackWoff(readFileSync(resolve(PACKAGED))));
  return file;
}

/** What the portal's font holds, and whatever else the machine's own fonts can draw. */
async function drawable(text: string): Promise<string> {
  const own = /^[\u0020-\u00ff\u2013\u2026]*$/;
  if (own.test(text)) {
    return text;
  }
  hasHan ??= canDrawHan();
  return (await hasHan) ? text : text.replaceAll(/[^\u0020-\u00ff\u2013\u2026]/g, "");
}

let hasHan: Promise<boolean> | undefined;

/** Without a font for it a character becomes a box with its number, as wide as that of one that nobody can draw. */
async function canDrawHan(): Promise<boolean> {
  const style: Style = { size: 40, colour: "#000000" };
  const [han, none] = await Promise.all([setText("永", style), setText("\ue123", style)]);
  return han.info.width !== none.info.width || han.info.height !== none.info.height;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
