import { type Access, admitAs } from "../auth/admit-as.ts";
import { isSameOrigin } from "../auth/same-origin.ts";
import { AppError } from "../platform/errors.ts";
import { type Context, createContext } from "./context.ts";

type Named = { params: Promise<Record<string, string>> };
type Given = { ctx: Context; params: Record<string, string> };
type Handler = ((req: Request, named: Named) => Promise<Response>) & { access: Access };

/**
 * A handler of a route.ts below app/: `access` says who may call it, and the role walk fails on a handler that says
 * nothing. What changes something is answered to our own pages only.
 */
export function routeHandler(
  access: Access,
  work: (req: Request, given: Given) => Promise<Response>,
): Handler {
  const handle = async (req: Request, named: Named): Promise<Response> => {
    try {
      if (req.method !== "GET" && req.method !== "HEAD" && !isSameOrigin(req.headers)) {
        throw new AppError("forbidden", "Another site's page may not change anything here.");
      }
      const ctx = await createContext({ headers: req.headers });
      admitAs(access, ctx.actor);
      return await work(req, { ctx, params: await named.params });
    } catch (error) {
      if (error instanceof AppError) {
        const { code, message, status, details } = error;
        const reason = details?.["reason"];
        return Response.json({ error: { code, message, reason } }, { status });
      }
      throw error;
    }
  };
  return Object.assign(handle, { access });
}
