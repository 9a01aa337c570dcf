import type { ReactNode } from "react";

type DrawingProps = {
  /** What the picture shows, for those who do not see it. */
  label: string;
  caption: string;
  width: number;
  height: number;
  children: ReactNode;
};

/** A picture at its own size, so that its words stay readable; where it is too wide for the page, it scrolls. */
export function Drawing({ label, caption, width, height, children }: DrawingProps) {
  return (
    <figure className="plan-figure">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="scroll" aria-label={caption} tabIndex={0}>
        <svg
          role="img"
          aria-label={label}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
        >
          {children}
        </svg>
      </section>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
