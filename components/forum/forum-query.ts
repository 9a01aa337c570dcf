import { ListThreads } from "#server/forum/contract.ts";

export type ForumQuery = Omit<ListThreads, "limit">;

/** Reads a list's address; what makes no sense in it is left out. */
export function parseForumQuery(
  params: URLSearchParams,
  category: ForumQuery["category"],
): ForumQuery {
  const [at, id] = (params.get("after") ?? "").split(".").map(Number);
  const asked = {
    category,
    tag: params.get("tag")?.toLowerCase() || undefined,
    unanswered: params.has("unanswered"),
    sort: params.get("sort") === "newest" ? "newest" : "active",
    next: at !== undefined && id !== undefined ? { at, id } : undefined,
  };
  const { limit: _, ...query } =
    ListThreads.safeParse(asked).data ?? ListThreads.parse({ category });
  return query;
}

/** The address of a list, without the language; `end` is put behind its path. */
export function listHref(query: Partial<ForumQuery>, end = ""): string {
  const { category, tag, unanswered, sort, next } = query;
  const params = new URLSearchParams({
    ...(tag === undefined ? {} : { tag }),
    ...(unanswered === true ? { unanswered: "1" } : {}),
    ...(sort === "newest" ? { sort } : {}),
    ...(next === undefined || end !== "" ? {} : { after: `${next.at}.${next.id}` }),
    ...(end !== "" && category !== undefined ? { category } : {}),
  });
  const path = end === "" && category !== undefined ? `/forum/${category}` : `/forum${end}`;
  return params.size === 0 ? path : `${path}?${params}`;
}
