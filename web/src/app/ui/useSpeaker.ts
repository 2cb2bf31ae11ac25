/** Who speaks, for whoever interprets them. Fetched with the console. */
import { useEffect, useRef, useState } from "react";
import { LISTEN, NOBODY, speakingNext } from "../../interpretation/ear/whoSpeaks";
import type { Identity } from "../../kernel/ids";
import type { InterpretersEar } from "../faces";
import type { Seat, Sitting } from "./sitting";

/** Whoever has the floor; while nobody has, whoever is heard on it and is no interpreter. */
export function useSpeaker({ seats, floor }: Sitting["snapshot"], ear: InterpretersEar | null): Seat | undefined {
  const heard = useHeard(floor.holder === null ? ear : null, seats);
  return seats.find(({ member, identity }) => (floor.holder === null ? identity === heard : member === floor.holder));
}

/** Null while nobody listens. */
function useHeard(ear: InterpretersEar | null, seats: readonly Seat[]): Identity | null {
  const [heard, setHeard] = useState<Identity | null>(null);
  const latest = useRef(seats);
  useEffect(() => {
    latest.current = seats;
  }, [seats]);
  useEffect(() => {
    if (ear === null) return undefined;
    let speaking = NOBODY;
    const timer = setInterval(() => {
      speaking = speakingNext(speaking, levelsOf(ear, latest.current));
      setHeard(speaking.speaker);
    }, LISTEN);
    return () => {
      clearInterval(timer);
      setHeard(null);
    };
  }, [ear]);
  return heard;
}

/** How loud those are who speak for themselves. */
function levelsOf(ear: InterpretersEar, seats: readonly Seat[]): ReadonlyMap<Identity, number> {
  const interpreters = new Set(seats.flatMap(({ identity, role }) => (role === "interpreter" ? [identity] : [])));
  return new Map([...ear.floorLevels()].filter(([of]) => !interpreters.has(of)));
}
