"use client";
import { useRouter } from "#components/layout/navigation.ts";
import { useTRPCClient } from "#components/rpc/trpc.ts";

type Sample = { title: string; prompt: string; text: string };

/** Puts a sample into the member's draft of a new thread, behind what stands there, and goes there. Nothing is posted. */
export function useShareSample(): (sample: Sample) => Promise<void> {
  const client = useTRPCClient();
  const router = useRouter();
  return async ({ title, prompt, text }) => {
    const { draft } = await client.forum.draft.query({ place: "new" });
    const quoted = (part: string) => part.replaceAll(/^/gm, "> ");
    const sample = `**${title}**\n\n${quoted(`${prompt}${text}`)}`;
    const before = draft?.body ?? "";
    await client.forum.saveDraft.mutate({
      place: "new",
      title: draft === null || draft.title === "" ? title : draft.title,
      body: before === "" ? sample : `${before}\n\n${sample}`,
      extra: draft?.extra ?? { category: "applications" },
      version: draft?.version ?? 0,
    });
    router.push("/forum/new?category=applications");
  };
}
