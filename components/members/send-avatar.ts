type Answer = { error?: { message: string; reason?: string } };

/** Sends a picture's bytes; null takes the present one away. */
export async function sendAvatar(file: File | null): Promise<void> {
  const answer = await fetch("/api/avatar", {
    method: "POST",
    body: file ?? "",
    headers: { "content-type": "application/octet-stream" },
  });
  if (!answer.ok) {
    const { error } = (await answer.json().catch(() => ({}))) as Answer;
    const data = { reason: error?.reason ?? null };
    throw Object.assign(new Error(error?.message ?? answer.statusText), { data });
  }
}
