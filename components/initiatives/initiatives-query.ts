import { ListInitiatives } from "#server/initiatives/contract.ts";

export type InitiativesQuery = Pick<ListInitiatives, "stage" | "order"> &
  Partial<Pick<ListInitiatives, "state" | "category" | "next">>;

/** What an address asks for; anything made up falls back to the first list. */
export function parseInitiativesQuery(params: URLSearchParams): InitiativesQuery {
  const { shape } = ListInitiatives;
  const asked = (name: string) => params.get(name) ?? undefined;
  const state = shape.state.safeParse(asked("state")).data;
  const category = shape.category.safeParse(asked("category")).data;
  const [key, id] = (params.get("next") ?? "").split("~").map(Number);
  const next = shape.next.safeParse({ key, id }).data;
  return {
    stage: shape.stage.safeParse(asked("stage")).data ?? "open",
    order: shape.order.safeParse(asked("order")).data ?? "wanted",
    ...(state === undefined ? {} : { state }),
    ...(category === undefined ? {} : { category }),
    ...(next === undefined ? {} : { next }),
  };
}

/** The list's address: what is usual is left out. */
export function initiativesHref(query: InitiativesQuery): string {
  const params = new URLSearchParams();
  if (query.stage !== "open") {
    params.set("stage", query.stage);
  }
  if (query.order !== "wanted") {
    params.set("order", query.order);
  }
  if (query.state !== undefined) {
    params.set("state", query.state);
  }
  if (query.category !== undefined) {
    params.set("category", query.category);
  }
  if (query.next !== undefined) {
    params.set("next", `${query.next.key}~${query.next.id}`);
  }
  const text = params.toString();
  return text === "" ? "/initiatives" : `/initiatives?${text}`;
}
