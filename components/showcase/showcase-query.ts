import { ListShowcase } from "#server/showcase/contract.ts";

/** What the address asks of the list; what it misspells is left out. */
export function parseShowcaseQuery(params: URLSearchParams): ListShowcase {
  const { stage, tag, order } = ListShowcase.shape;
  const page = Number(params.get("page") ?? "1");
  return {
    stage: stage.safeParse(params.get("stage") ?? undefined).data,
    tag: tag.safeParse(params.get("tag") ?? undefined).data,
    order: order.safeParse(params.get("order") ?? undefined).data ?? "month",
    page: Number.isInteger(page) && page >= 1 && page <= 1_000 ? page : 1,
  };
}

export function showcaseHref(query: Partial<ListShowcase>): string {
  const params = new URLSearchParams();
  const { order, stage, tag, page = 1 } = query;
  if (order !== undefined && order !== "month") {
    params.set("order", order);
  }
  for (const [name, value] of Object.entries({ stage, tag })) {
    if (value !== undefined) {
      params.set(name, value);
    }
  }
  if (page > 1) {
    params.set("page", String(page));
  }
  const text = params.toString();
  return text === "" ? "/showcase" : `/showcase?${text}`;
}
