import type { MetadataRoute } from "next";
import { requestOrigin } from "./origin.ts";

export default async function robots(): Promise<MetadataRoute.Robots> {
  return {
    rules: {
      userAgent: "*",
      allow: "/",
      disallow: ["/api/trpc", "/*/search", "/*/account", "/*/admin"],
    },
    sitemap: `${await requestOrigin()}/sitemap.xml`,
  };
}
