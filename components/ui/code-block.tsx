import type { ReactNode } from "react";

/** Text as it is; long lines scroll, also with the keyboard. */
export function CodeBlock({ children }: { children: ReactNode }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
  return <pre tabIndex={0}>{children}</pre>;
}
