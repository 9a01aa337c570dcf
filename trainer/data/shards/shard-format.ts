import { z } from "zod";

/** A file is cut in blocks; no record spans two, and the rest of a block is zero. */
export const BLOCK_BYTES = 16 * 1024 * 1024;
export const RECORD_MARK = 0x1f;
/** The mark and the payload's length, u32 little-endian. */
export const RECORD_HEAD = 5;

/** A line of `meta.bin`. `mask` leaves the blocks out of training; `crc` is of all bytes of the blocks. */
export const ShardMeta = z.object({
  file_name: z.string(),
  block_begin: z.int(),
  block_end: z.int(),
  nbytes: z.int(),
  nlines: z.int(),
  mask: z.boolean(),
  block_size: z.int(),
  crc: z.int(),
});
export type ShardMeta = z.infer<typeof ShardMeta>;
