/** How screens reach the services: the services themselves, the value of a store, the time. */
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type Readable, Seen } from "../../kernel/store";
import type { Services } from "../faces";

export const ServicesContext = createContext<Services | null>(null);

/** What the rest of the client offers to the screens. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error("a screen was drawn outside the shell");
  return services;
}

/** The value of a store, drawn again at each change. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(
    (listener) => readable.subscribe(listener),
    () => readable.get(),
  );
}

/** The value of a store, drawn again only at changes that are any to whoever looks; `isAlike` is always the same function. */
export function useSeen<T>(readable: Readable<T>, isAlike: (before: T, after: T) => boolean): T {
  return useReadable(useMemo(() => new Seen(readable, isAlike), [readable, isAlike]));
}

/** What follows from a store's value, drawn again only when that is another: a word, a number, yes or no. */
export function useDerived<T, D extends string | number | boolean | null>(
  readable: Readable<T>,
  derive: (value: T) => D,
): D {
  return useSyncExternalStore(
    (listener) => readable.subscribe(listener),
    () => derive(readable.get()),
  );
}

/** Server time in ms since the epoch, renewed every second. */
export function useNow(): number {
  const { meeting } = useServices();
  const [now, setNow] = useState(() => meeting.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(meeting.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [meeting]);
  return now;
}

/** True when `flag` has been true for `ms` without a break; false as soon as it is false. */
export function useLasting(flag: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!flag) return undefined;
    const timer = setTimeout(() => {
      setLasting(true);
    }, ms);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [flag, ms]);
  return flag && lasting;
}
