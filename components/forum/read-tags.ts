/** Tags as they are typed: apart by spaces or commas, also Chinese ones. */
export function readTags(text: string): string[] {
  const tags = text.split(/[\s,，、;；]+/).map((tag) => tag.replace(/^#/, ""));
  return [...new Set(tags.filter((tag) => tag !== ""))];
}
