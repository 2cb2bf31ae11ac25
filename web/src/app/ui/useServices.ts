/** How screens reach the services: the services themselves, the value of a store, the time. */
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Readable } from "../../kernel/store";
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
