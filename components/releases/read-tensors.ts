/** A tensor as the header of a safetensors file names it. */
export type NamedTensor = { name: string; dtype: string; shape: number[] };

const LENGTH_BYTES = 8;
const LONGEST_HEADER = 20 * 1024 * 1024;

/** The names, formats and shapes in a safetensors file, of which only the header is fetched, in two ranges. */
export async function readTensors(address: string): Promise<NamedTensor[]> {
  const head = await fetchRange(address, 0, LENGTH_BYTES);
  const length = Number(new DataView(head).getBigUint64(0, true));
  if (length > LONGEST_HEADER) {
    throw new Error("The header is too long to be one of a safetensors file.");
  }
  const json = await fetchRange(address, LENGTH_BYTES, length);
  return parseHeader(new TextDecoder().decode(json));
}

export function parseHeader(text: string): NamedTensor[] {
  const header = JSON.parse(text) as Record<string, { dtype: string; shape: number[] }>;
  return Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, { dtype, shape }]) => ({ name, dtype, shape }));
}

async function fetchRange(address: string, from: number, length: number): Promise<ArrayBuffer> {
  const answer = await fetch(address, { headers: { range: `bytes=${from}-${from + length - 1}` } });
  if (answer.status !== 206) {
    throw new Error(`The file was answered with ${answer.status}.`);
  }
  return await answer.arrayBuffer();
}
