import { type RefCallback, useCallback, useState } from "react";

/** Measures an element's content width in whole pixels; 0 until it is on the page. */
export function useBoxWidth(): [number, RefCallback<HTMLElement>] {
  const [width, setWidth] = useState(0);
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) {
      return undefined;
    }
    const observer = new ResizeObserver((entries) => {
      const box = entries.at(-1)?.contentRect;
      if (box) {
        setWidth(Math.floor(box.width));
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, measure];
}
