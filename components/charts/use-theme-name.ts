import { useSyncExternalStore } from "react";

const DARK = "(prefers-color-scheme: dark)";

function subscribe(listen: () => void): () => void {
  const query = matchMedia(DARK);
  const observer = new MutationObserver(listen);
  query.addEventListener("change", listen);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "class"],
  });
  return () => {
    query.removeEventListener("change", listen);
    observer.disconnect();
  };
}

let dark: MediaQueryList | undefined;

function read(): string {
  dark ??= matchMedia(DARK); // Asking anew costs more than the rest of a small panel's drawing.
  return document.documentElement.dataset["theme"] ?? String(dark.matches);
}

const onServer = (): string => "";

/** Changes whenever the page's colours do; canvases must then be painted again. */
export function useThemeName(): string {
  return useSyncExternalStore(subscribe, read, onServer);
}

/** What a colour token amounts to here and now, for a canvas, which knows no custom properties. */
export function resolveColour(probe: HTMLElement, colour: string): string {
  const before = probe.style.color;
  probe.style.color = colour;
  const resolved = getComputedStyle(probe).color;
  probe.style.color = before;
  return resolved;
}
