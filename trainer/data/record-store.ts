/** Records of 16-bit words by number; read when they are drawn, so that a corpus may be larger than memory. */
export type RecordStore = {
  count: number;
  /** Words of a record. */
  length(record: number): number;
  /** The words from `from` to before `to`. */
  read(record: number, from?: number, to?: number): Uint16Array;
  /** Every record in order, faster than one by one. */
  scan(): Iterable<Uint16Array>;
  close(): void;
};

/** Token ids of many documents, one after another; `starts` has one entry more than there are documents. */
export type TokenStore = { tokens: Uint16Array; starts: Uint32Array };

export function inMemory({ tokens, starts }: TokenStore): RecordStore {
  const startOf = (record: number): number => starts[record] ?? 0;
  const length = (record: number): number => startOf(record + 1) - startOf(record);
  const count = starts.length - 1;
  return {
    count,
    length,
    read: (record, from = 0, to = length(record)) =>
      tokens.subarray(startOf(record) + from, startOf(record) + to),
    *scan() {
      for (let record = 0; record < count; record += 1) {
        yield tokens.subarray(startOf(record), startOf(record + 1));
      }
    },
    close: () => undefined,
  };
}
