import type { MetadataRoute } from "next";

/** What a phone needs to keep the portal on its first screen. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "CPM-Live",
    short_name: "CPM-Live",
    id: "/",
    start_url: "/",
    display: "minimal-ui",
    background_color: "#f4f6f5",
    theme_color: "#12171a",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}
