import { useLayoutEffect, useRef, type ReactNode } from "react";
import type { Theme } from "./theme";
import "./told.css";
import "./app.css";

/** Every screen: first the lines that nothing may cover, then the screen itself. */
export function Frame(props: {
  readonly theme: Theme;
  readonly doors?: ReactNode;
  /** The page scrolls as a whole, rather than fitting the window. */
  readonly flows?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const lines = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = props.theme;
  }, [props.theme]);
  useLayoutEffect(() => {
    const element = lines.current;
    if (element === null) return undefined;
    // It tells the first height too, after the layout that is due anyway: asked for here, it would cost one more.
    const watcher = new ResizeObserver(([seen]) => {
      const height = seen?.borderBoxSize[0]?.blockSize ?? 0;
      document.documentElement.style.setProperty("--below", `${height}px`);
    });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
    };
  }, []);
  return (
    <div className="frame" data-flows={props.flows || undefined}>
      <header className="lines" ref={lines}>
        {props.doors}
      </header>
      {props.children}
    </div>
  );
}
