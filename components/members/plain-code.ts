/** A code as it was typed, without what people put between its parts. */
export function plainCode(typed: string): string {
  const text = typed.trim().toLowerCase();
  return /^[\d ]+$/.test(text) ? text.replaceAll(" ", "") : text.replaceAll(/\s+/g, "");
}
