import { gzipSync } from "node:zlib";
import { runId } from "./browser-data.ts";
import { type BrowserBench, openBenchPage } from "./browser-page.ts";

const PAGES = [
  "",
  "/runs",
  "/runs/RUN",
  "/compare?runs=RUN",
  "/embed/runs/RUN",
  "/plan",
  "/decisions",
  "/api",
  "/sign-in",
];

/** Compressed script that each page brings, scrolled to its end, with nothing cached: as sent, and as gzip -6 would. */
export async function measureScript({ report, browser, origin }: BrowserBench): Promise<void> {
  for (const path of PAGES) {
    const { page, cdp, close } = await openBenchPage(browser, { width: 1440, height: 900 });
    const scripts = new Map<string, number>();
    const types = new Map<string, string>();
    await cdp.send("Network.enable");
    cdp.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (types.get(requestId) === "Script") {
        scripts.set(requestId, encodedDataLength);
      }
    });
    await page
      .goto(`${origin}/en${path.replace("RUN", runId(0))}`, { waitUntil: "networkidle" })
      .catch(() => undefined);
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await page.waitForTimeout(1_500);
    const sent = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
    const inline = (
      await page.evaluate<string[]>(
        "[...document.scripts].filter((s) => !s.src).map((s) => s.text)",
      )
    ).join("");
    report({
      case: `/en${path.replace("RUN", "ID")}`,
      metric: "compressed script",
      value: sent / 1024,
      unit: "KB",
      bar: { atMost: 250 },
    });
    report({
      case: `/en${path.replace("RUN", "ID")}`,
      metric: "data within the page, compressed",
      value: gzipSync(inline).length / 1024,
      unit: "KB",
    });
    await close();
  }
}
