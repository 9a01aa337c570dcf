// What people may try to pass off as a picture.
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { encodePicture } from "./encode-picture.ts";

const LIMITS = { bytes: 5_000_000, pixels: 40_000_000, side: 256 };
const encode = (bytes: Uint8Array, limits = LIMITS) => encodePicture(bytes, limits);

const image = (width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: "#36c" } });
const SCRIPT = `<script>alert(document.domain)</script>`;

/** A PNG whose head promises any size; its data need not be there. */
function png(width: number, height: number, data = Buffer.alloc(0)): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const start = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    start,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(data)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("a picture", () => {
  test.each(["png", "jpeg", "webp", "gif"] as const)(
    "in %s becomes WebP of at most its side",
    async (format) => {
      const { data, width, height } = await encode(
        await image(640, 480).toFormat(format).toBuffer(),
      );
      expect([width, height]).toEqual([256, 192]);
      expect((await sharp(data).metadata()).format).toBe("webp");
    },
  );

  test("is cut to a square where one is asked for, and small ones stay small where none is", async () => {
    const small = await image(40, 20).png().toBuffer();
    expect(await encode(small)).toMatchObject({ width: 40, height: 20 });
    expect(await encodePicture(small, { ...LIMITS, square: true })).toMatchObject({
      width: 256,
      height: 256,
    });
  });

  test("loses place, camera, profile and comment, and stands upright", async () => {
    const bytes = await image(40, 20)
      .withExif({
        IFD0: { Copyright: "A SECRET NAME", Software: SCRIPT },
        IFD3: { GPSLatitude: "48/1 51/1 0/1" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const { data, width, height } = await encode(bytes);
    const { exif, icc, xmp, iptc } = await sharp(data).metadata();
    expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
    expect([width, height]).toEqual([20, 40]);
    expect(data.toString("latin1")).not.toMatch(/SECRET|script/);
  });

  test("that is something else as well is only a picture afterwards", async () => {
    const jpeg = await image().jpeg().toBuffer();
    const gif = await image().gif().toBuffer();
    const polyglots = [
      Buffer.concat([jpeg, Buffer.from(`<!doctype html>${SCRIPT}`)]),
      Buffer.concat([gif, Buffer.from(`/*${SCRIPT}*/=1;alert(1)`)]),
      Buffer.concat([await image().png().toBuffer(), Buffer.from("PK\u0003\u0004payload.zip")]),
      Buffer.concat([await image().webp().toBuffer(), Buffer.from(`<?php system($_GET[0]); ?>`)]),
      Buffer.concat([jpeg, Buffer.from("%PDF-1.7 /JavaScript (app.alert(1))")]),
    ];
    for (const bytes of polyglots) {
      const { data } = await encode(bytes);
      expect(data.subarray(0, 4).toString("latin1")).toBe("RIFF");
      expect(data.toString("latin1")).not.toMatch(/script|payload|php|PDF|alert/i);
    }
  });

  test("with many frames keeps the first", async () => {
    const frames = await sharp(Buffer.alloc(8 * 80 * 3, 255), {
      raw: { width: 8, height: 80, channels: 3, pageHeight: 8 },
    })
      .gif()
      .toBuffer();
    const { data, height } = await encode(frames);
    expect(height).toBe(8);
    expect((await sharp(data, { animated: true }).metadata()).pages ?? 1).toBe(1);
  });
});

describe("refused", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)" width="9" height="9"><rect/></svg>`;
  const others: [string, string | Buffer][] = [
    ["nothing", ""],
    ["an SVG", svg],
    ["an SVG behind a comment", `<?xml version="1.0"?><!-- -->${svg}`],
    [
      "an SVG that reads a file",
      `<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`,
    ],
    [
      "an SVG that grows without end",
      `<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${svg}`,
    ],
    ["a page", `<!doctype html>${SCRIPT}`],
    ["a page that begins like a GIF", `GIF89a/*<svg onload=alert(1)>*/=1//`],
    [
      "a page that begins like a JPEG",
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(SCRIPT)]),
    ],
    ["a page that begins like a PNG", Buffer.from(`\x89PNG\r\n\x1a\n${SCRIPT}`, "latin1")],
    ["a page that begins like a WebP", Buffer.from(`RIFF\x00\x00\x00\x00WEBP${SCRIPT}`, "latin1")],
    ["a PDF", "%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>"],
    ["a ZIP", "PK\u0003\u0004"],
    ["a program", Buffer.from("\x7fELF\x02\x01\x01", "latin1")],
    ["a TIFF", Buffer.from("II*\x00\x08\x00\x00\x00", "latin1")],
    ["a BMP", Buffer.from("BM\x3a\x00\x00\x00", "latin1")],
    ["an icon", Buffer.from([0, 0, 1, 0, 1, 0])],
    ["PostScript", "%!PS\n(x) run"],
    ["an ImageMagick script", "push graphic-context\nimage over 0,0 0,0 'https://else.test/x.png'"],
    ["an AVIF head", Buffer.from("\x00\x00\x00\x20ftypavif", "latin1")],
    ["a PNG without data", png(8, 8)],
  ];
  test.each(others)("%s", async (_what, bytes) => {
    await expect(encode(Buffer.from(bytes as string))).rejects.toMatchObject({
      code: "bad_request",
    });
  });

  test("a picture cut off in the middle", async () => {
    const noise = await sharp(
      Buffer.from(Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 251)),
      {
        raw: { width: 100, height: 100, channels: 3 },
      },
    )
      .png()
      .toBuffer();
    await expect(encode(noise.subarray(0, noise.length / 2))).rejects.toMatchObject({
      code: "bad_request",
    });
  });

  test("a bomb, before it is unpacked", async () => {
    const before = process.memoryUsage().rss;
    const bombs = [
      png(60_000, 60_000),
      png(2_147_483_647, 2_147_483_647),
      png(40_000, 40_000, Buffer.alloc(5_000_000)),
    ];
    for (const bytes of bombs) {
      await expect(encode(bytes)).rejects.toMatchObject({
        code: expect.stringMatching(/too_large|bad_request/),
      });
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  test("more bytes than are taken", async () => {
    await expect(encode(Buffer.alloc(LIMITS.bytes + 1))).rejects.toMatchObject({
      code: "too_large",
    });
  });
});
