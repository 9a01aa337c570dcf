import { useEffect, useRef, useState } from "react";

/**
 * The value, `afterMs` late: what follows a quick hand need not follow each of its movements. Changes that come
 * meanwhile are gathered, so it is never later than that.
 */
export function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    newest.current = value;
    if (value !== settled) {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        setSettled(newest.current);
      }, afterMs);
    }
  }, [value, settled, afterMs]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return settled;
}
