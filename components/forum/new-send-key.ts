/** A key by which the server knows a text that is sent twice. (`randomUUID` exists on https pages only.) */
export function newSendKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
