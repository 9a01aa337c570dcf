/** Sends an application's picture; null takes it away. */
export async function sendPicture({ id, file }: { id: number; file: File | null }): Promise<void> {
  const answer = await fetch(`/api/showcase?id=${id}`, {
    method: "POST",
    body: file ?? new Blob([]),
  });
  if (!answer.ok) {
    const body: { error?: { message?: string } } = await answer.json();
    throw new Error(body.error?.message ?? answer.statusText);
  }
}
