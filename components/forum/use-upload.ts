"use client";
import { useMutation } from "@tanstack/react-query";

/** Sends a picture to the store and gives back the Markdown that shows it. */
export function useUpload(put: (markdown: string) => void) {
  const upload = useMutation({
    mutationFn: sendPicture,
    onSuccess: ({ url, name }) => put(`![${name}](${url})`),
  });
  return {
    send: (file: File) => upload.mutate(file),
    busy: upload.isPending,
    error: upload.error?.message,
  };
}

async function sendPicture(file: File): Promise<{ url: string; name: string }> {
  const answer = await fetch("/api/images", {
    method: "POST",
    body: file,
    headers: { "content-type": file.type },
  });
  const body: { url?: string; error?: { message?: string } } = await answer.json();
  if (body.url === undefined) {
    throw new Error(body.error?.message ?? answer.statusText);
  }
  // Brackets would end the picture's text early.
  return { url: body.url, name: file.name.replaceAll(/[[\]()\\`<>!]/g, " ").trim() };
}
