import type { Locator } from "playwright-core";
import sharp from "sharp";

/** What a part of the page looks like, pixel by pixel. */
export class Picture {
  readonly width: number;
  readonly height: number;
  private readonly bytes: Buffer;
  private constructor(bytes: Buffer, size: { width: number; height: number }) {
    this.bytes = bytes;
    this.width = size.width;
    this.height = size.height;
  }

  static async of(element: Locator): Promise<Picture> {
    const image = sharp(await element.screenshot({ animations: "disabled" })).removeAlpha();
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    return new Picture(data, info);
  }

  at(x: number, y: number): readonly [number, number, number] {
    const place = (Math.round(y) * this.width + Math.round(x)) * 3;
    return [this.bytes[place] ?? 0, this.bytes[place + 1] ?? 0, this.bytes[place + 2] ?? 0];
  }

  /** How many pixels of a box look like `colour`, or, without one, unlike the box's most frequent colour. */
  ink(box: Box, colour?: readonly [number, number, number]): number {
    const pixels = this.pixels(box);
    if (colour !== undefined) {
      return pixels.filter((pixel) => distance(pixel, colour) < ALIKE).length;
    }
    const ground = mostFrequent(pixels);
    return pixels.filter((pixel) => distance(pixel, ground) >= ALIKE).length;
  }

  private pixels({ x, y, width, height }: Box): (readonly [number, number, number])[] {
    const left = Math.max(0, Math.round(x));
    const top = Math.max(0, Math.round(y));
    const right = Math.min(this.width, Math.round(x + width));
    const bottom = Math.min(this.height, Math.round(y + height));
    const found: (readonly [number, number, number])[] = [];
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        found.push(this.at(column, row));
      }
    }
    return found;
  }
}

export type Box = { x: number; y: number; width: number; height: number };

const ALIKE = 60;

const distance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0);

function mostFrequent(
  pixels: readonly (readonly [number, number, number])[],
): readonly [number, number, number] {
  const counts = new Map<string, number>();
  for (const pixel of pixels) {
    counts.set(pixel.join(), (counts.get(pixel.join()) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  const [red = 0, green = 0, blue = 0] = (first?.[0] ?? "").split(",").map(Number);
  return [red, green, blue];
}
