/** What an interpreter's console shows, from the services. */
import { useMemo } from "react";
import type { ConsoleState } from "../../interpretation/model";
import type { Sees } from "../../interpretation/ui/console/sees";
import type { Language } from "../../kernel/ids";
import { Cell } from "../../kernel/store";
import type { InterpretersEar, Services } from "../faces";
import type { SeatedProps } from "./Chamber";
import { grantedTo, holdsChamber } from "./hearers";
import type { Seat } from "./sitting";
import { useDerived, useNow, useReadable, useServices } from "./useServices";

export type Monitors = Awaited<ReturnType<Services["monitors"]>>;

/** Until what one hears with has been fetched. */
const NO_MONITORS = new Cell(null);
export const NO_EAR = new Cell(null);

export interface Ears {
  readonly ear: InterpretersEar | null;
  readonly monitors: Monitors | null;
}

/** The same desk without what cannot be heard: a sign channel is no relay for ears. */
function heardBy(desk: ConsoleState, signed: readonly Language[]): ConsoleState {
  return { ...desk, incoming: desk.incoming.filter(({ source }) => source === null || !signed.includes(source)) };
}

/** All that a console shows, as it is now. */
export function useSees(
  { sitting, call, desk }: SeatedProps & { readonly desk: ConsoleState },
  { ear, monitors }: Ears,
  shown: Pick<Sees, "speakerAlone" | "messages" | "turn" | "room"> & { readonly by: Seat | undefined },
): Sees {
  const { speakerAlone, messages, turn, room, by } = shown;
  const { booth, gestures, keys } = useServices();
  const now = useNow();
  const { slowing, hands } = useReadable(gestures.state);
  const whispering = useReadable(booth.whispers).some(({ by: who, on }) => on && who === sitting.you.identity);
  const shape = useReadable(ear?.state ?? NO_EAR);
  const monitored = useReadable(monitors?.state ?? NO_MONITORS);
  const { snapshot, you } = sitting;
  const { channels } = snapshot;
  const signed = useMemo(
    () => channels.flatMap(({ language, kind }) => (kind === "signed" ? [language] : [])),
    [channels],
  );
  const heard = useMemo(() => heardBy(desk, signed), [desk, signed]);
  const isKeyed = useDerived(keys.state, holdsChamber);
  const mayGoOnAir = grantedTo(call).includes("microphone") && isKeyed;
  return useMemo(
    () => ({
      desk: heard,
      own: you.languages,
      signed,
      now,
      mayGoOnAir,
      slowing: slowing.includes(you.identity),
      handUp: hands.includes(you.identity),
      whispering,
      spoken: by?.languages[0] ?? null,
      speaker: by?.name ?? null,
      ear: shape,
      monitors: monitored,
      messages,
      speakerAlone,
      turn,
      room,
    }),
    [
      by,
      heard,
      hands,
      mayGoOnAir,
      messages,
      monitored,
      now,
      shape,
      slowing,
      room,
      signed,
      speakerAlone,
      turn,
      whispering,
      you,
    ],
  );
}
