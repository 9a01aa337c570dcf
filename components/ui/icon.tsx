export type IconName =
  | `s-${"live" | "good" | "warn" | "bad" | "open" | "half" | "paused" | "stalled" | "finished"}`
  | `i-${"theme" | "down" | "copy" | "lock" | "up"}`;

type IconProps = { name: IconName; className?: string };

/** A drawing from the page's sprite. Always beside words, so it is hidden from screen readers. */
export function Icon({ name, className }: IconProps) {
  return (
    <svg className={className === undefined ? "i" : `i ${className}`} aria-hidden="true">
      <use href={`#${name}`} />
    </svg>
  );
}
