/** What this device has compared, kept for as long as one is at a meeting, whatever screen is shown. */
import { createContext, useCallback, useContext, useEffect, useMemo, useReducer, type ReactNode } from "react";
import type { Identity } from "../../kernel/ids";
import { afterFact, type Ceremony, type Finding, type GroupStanding, NOTHING_COMPARED } from "../../keys";
import { useReadable, useServices } from "./useServices";

interface Comparing {
  readonly ceremony: Ceremony;
  /** Says what was found when the code was compared that is shown in this standing. */
  readonly find: (finding: Finding, shown: GroupStanding) => void;
}

const CeremonyContext = createContext<Comparing>({ ceremony: NOTHING_COMPARED, find: () => undefined });

export function useCeremony(): Comparing {
  return useContext(CeremonyContext);
}

/** Where one stands in the group whose code is compared. */
export function useChamberStanding(): GroupStanding | undefined {
  const { keys } = useServices();
  return useReadable(keys.state).groups.find(({ group }) => group === "chamber");
}

/** Watches every epoch, so that a match is forgotten when one was missed. */
export function CeremonyProvider(props: { readonly own: Identity; readonly children: ReactNode }): ReactNode {
  const { keys, meeting } = useServices();
  const { own } = props;
  const [ceremony, tell] = useReducer(afterFact, NOTHING_COMPARED);
  useEffect(() => {
    const look = () => {
      tell({ fact: "stands", groups: keys.state.get().groups, own });
    };
    look();
    return keys.state.subscribe(look);
  }, [keys, own]);
  const find = useCallback(
    (finding: Finding, { epoch, roster }: GroupStanding) => {
      tell({ fact: "found", finding, epoch, roster, at: meeting.now() });
    },
    [meeting],
  );
  const comparing = useMemo(() => ({ ceremony, find }), [ceremony, find]);
  return <CeremonyContext value={comparing}>{props.children}</CeremonyContext>;
}
