import type { ReactNode } from "react";

/** What is wider than a phone scrolls in here, and can be reached with the keyboard. */
export function ScrollBox({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
    <div className="scroll" tabIndex={0}>
      {children}
    </div>
  );
}
