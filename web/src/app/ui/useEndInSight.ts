/** Keeps the end of a list that grows in sight, unless one has looked back. */
import { useLayoutEffect, useRef } from "react";

/**
 * @param last what is another whenever something was added; null: there is nothing yet.
 * @param near how far from the end one still reads along, in px.
 * @returns what the list is to be marked with; the box around it is what scrolls.
 */
export function useEndInSight(last: string | number | null, near: number) {
  const list = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    const box = list.current?.parentElement;
    if (box === null || box === undefined || last === null) return;
    const isAlong = height.current === 0 || box.scrollTop + box.clientHeight >= height.current - near;
    if (isAlong) box.scrollTop = box.scrollHeight;
    height.current = box.scrollHeight;
  }, [last, near]);
  return list;
}
