import { createRouter, limited, publicProcedure } from "../rpc/procedures.ts";
import { FoundDocuments, SearchQuery } from "./contract.ts";
import { searchDocuments } from "./search-documents.ts";

/** One search over everything that can be found. */
export const searchRouter = createRouter({
  find: publicProcedure
    .use(limited("search"))
    .input(SearchQuery)
    .output(FoundDocuments)
    .query(({ ctx, input }) => searchDocuments(ctx.pool, input)),
});
