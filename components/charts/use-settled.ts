import { useEffect, useRef, useState } from "react";

/**
 * The value, renewed at most once per `ms`: a live stream may bring ten frames a second, and the big
 * curve costs about 30 ms to draw. The newest value always arrives in the end.
 */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const lastAt = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, lastAt.current + ms - performance.now());
    const timer = setTimeout(() => {
      lastAt.current = performance.now();
      setSettled(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
