/** What Next hands to a page: `P` names the parts of its address. */
export type PageInput<P extends Record<string, string>> = {
  params: Promise<P>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};
