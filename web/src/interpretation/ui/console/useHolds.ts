/** What is held at a console, for as long as the console is drawn and looked at. */
import { useEffect, useState } from "react";
import { type Doing, Holds } from "./holds";

/** The same for keys and buttons, so that neither ends what the other still holds. */
export function useHolds(doing: Doing): Holds {
  const [holds] = useState(() => new Holds(doing));
  useEffect(() => {
    holds.become(doing);
  }, [doing, holds]);
  useEffect(() => {
    // What goes up while the page is not looked at is told to nobody.
    const letGo = (): void => {
      holds.letGoAll("");
    };
    window.addEventListener("blur", letGo);
    return () => {
      window.removeEventListener("blur", letGo);
    };
  }, [holds]);
  return holds;
}
