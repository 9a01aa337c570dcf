import createMiddleware from "next-intl/middleware";
import { locales } from "./components/layout/locales.ts";

/** Sends an address without a language to one with it, chosen by the visitor's cookie or Accept-Language. */
export const proxy = createMiddleware(locales);

// Not the public interface, not Next's own files, nothing that has an extension. `/api` itself is a page.
export const config = { matcher: ["/((?!api/|_next|_vercel|healthz|readyz|.*\\..*).*)"] };
