/** Where a post stands, without the language: the page that begins with it, and its anchor there. */
export function postUrl(threadId: number, number: number): string {
  return number === 1
    ? `/forum/t/${threadId}#p1`
    : `/forum/t/${threadId}?from=${number}#p${number}`;
}
