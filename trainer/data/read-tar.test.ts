import fc from "fast-check";
import { expect, test } from "vitest";
import { readTar } from "./read-tar.ts";

type Entry = { path: string; content: Buffer };

function header(name: string, size: number, kind: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(name.slice(0, 100), 0);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write(kind, 156);
  return block;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

function paxRecord(path: string): Buffer {
  const body = ` path=${path}\n`;
  let length = Buffer.byteLength(body) + 1;
  while (Buffer.byteLength(`${length}${body}`) !== length) {
    length = Buffer.byteLength(`${length}${body}`);
  }
  return Buffer.from(`${length}${body}`);
}

function tar(entries: Entry[]): Buffer {
  const parts = entries.flatMap(({ path, content }) => {
    const pax = paxRecord(path);
    const long = path.length > 90 || /[^ -~]/.test(path);
    const naming = long ? [header("PaxHeader", pax.length, "x"), padded(pax)] : [];
    return [...naming, header(path, content.length, "0"), padded(content)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

async function read(
  bytes: Buffer,
  chunk: number,
  wanted: (path: string) => boolean = () => true,
): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of readTar(inChunks(bytes, chunk), wanted)) {
    found.push(entry);
  }
  return found;
}

const entries = fc.array(
  fc.record({
    path: fc.constantFrom(
      "package/a.json",
      "package/data/b.txt",
      `package/${"long/".repeat(30)}c.txt`,
      "package/纳兰.json",
    ),
    content: fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 6 },
);

test("gives back every file of an archive, whatever the size of the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(entries, fc.integer({ min: 1, max: 2000 }), async (list, chunk) => {
      expect(await read(tar(list), chunk)).toEqual(list);
    }),
    { numRuns: 40 },
  );
});

test("skips what is not wanted and directories", async () => {
  const bytes = Buffer.concat([
    header("package/", 0, "5"),
    tar([
      { path: "a", content: Buffer.from("1") },
      { path: "b", content: Buffer.from("2") },
    ]),
  ]);
  expect((await read(bytes, 100, (path) => path === "b")).map(({ path }) => path)).toEqual(["b"]);
});

test("an archive that is cut short is refused", async () => {
  const bytes = tar([{ path: "a", content: Buffer.alloc(900, 1) }]);
  await expect(read(bytes.subarray(0, 700), 64)).rejects.toThrow(/cut short/);
});
