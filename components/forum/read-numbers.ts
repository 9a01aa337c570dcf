const LONGEST = 200;

/** Numbers and stretches of them as they are typed: `3, 5-7` is 3, 5, 6, 7. */
export function readNumbers(text: string): number[] {
  const found = [...text.matchAll(/(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?/g)].flatMap(
    ([, first, last]) => {
      const from = Number(first);
      const length = Math.min(LONGEST, Math.max(1, Number(last ?? first) - from + 1));
      return Array.from({ length }, (_, index) => from + index);
    },
  );
  return [...new Set(found)].sort((a, b) => a - b);
}
