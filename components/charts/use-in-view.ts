import { type RefCallback, useCallback, useState } from "react";

/** Whether an element is on the screen or nearly so; panels out of sight do not update. */
export function useInView(): [boolean, RefCallback<HTMLElement>] {
  const [inView, setInView] = useState(false);
  const watch = useCallback((element: HTMLElement | null) => {
    if (!element) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => setInView(entries.at(-1)?.isIntersecting ?? false),
      { rootMargin: "80px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [inView, watch];
}
