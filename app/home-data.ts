import type { FamilyItem, ReleaseItem } from "#server/releases/contract.ts";
import { callRpc } from "./rpc.ts";

const FEW = 3;

/** What stands below the curve, asked at once. A part that cannot be read must not take the page with it. */
export async function homeData(runId: string | null) {
  const rpc = callRpc();
  const none = () => null;
  const [wanted, shipped, counts, forum, families, featured, logs] = await Promise.all([
    rpc.initiatives.list({ stage: "open", order: "wanted", limit: FEW }).catch(none),
    rpc.initiatives.list({ stage: "shipped", order: "new", limit: 2 }).catch(none),
    rpc.initiatives.counts().catch(none),
    rpc.forum.list({ limit: FEW }).catch(none),
    rpc.releases.families().catch(none),
    rpc.showcase.featured().catch(none),
    runId === null ? null : rpc.dailyLog.list({ runId, limit: 1 }).catch(none),
  ]);
  return {
    wanted: wanted?.initiatives ?? [],
    shipped: shipped?.initiatives ?? [],
    initiatives: Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0),
    threads: [...(forum?.pinned ?? []), ...(forum?.threads ?? [])].slice(0, FEW + 1),
    newest: newestOf(families?.families ?? []),
    featured: featured?.items ?? [],
    log: logs?.logs[0] ?? null,
  };
}

function newestOf(families: FamilyItem[]): { family: FamilyItem; release: ReleaseItem } | null {
  const released = families.flatMap((family) =>
    family.current === null ? [] : [{ family, release: family.current }],
  );
  const at = ({ release }: { release: ReleaseItem }) => release.publishedAt ?? 0;
  return released.sort((a, b) => at(b) - at(a))[0] ?? null;
}
