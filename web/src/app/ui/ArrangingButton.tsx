import { lazy, type ReactNode } from "react";
import { Button } from "../../design/Button";
import { useSheet } from "../../design/useSheet";
import { mayAsk } from "../../summits";
import { RotaButton } from "./RotaButton";
import type { Sitting } from "./sitting";
import { useAttempt } from "./Told";
import { useServices } from "./useServices";

const ArrangingSheet = lazy(async () => ({
  default: (await import("../../interpretation/ui/ArrangingSheet")).ArrangingSheet,
}));

/** Opens the sheet in which a chair arranges the interpretation. */
export function ArrangingButton(props: {
  readonly sitting: Sitting;
  readonly label: string;
  readonly children: string;
}): ReactNode {
  const { orders, meeting } = useServices();
  const attempt = useAttempt();
  const { snapshot, you } = props.sitting;
  const { open, sheet } = useSheet((close) => (
    <ArrangingSheet
      snapshot={snapshot}
      party={you.party}
      aside={
        // Whoever has no key of the chamber hears nothing of its booths.
        mayAsk("join_chamber_group", you, snapshot.meeting) ? <RotaButton sitting={props.sitting} as="link" /> : null
      }
      now={() => meeting.now()}
      onAsk={(asked) => {
        attempt(async () => {
          await orders.arrange(await asked);
          close();
        });
      }}
      onClose={close}
    />
  ));
  return (
    <>
      <Button tone="link" label={props.label} onPress={open}>
        {props.children}
      </Button>
      {sheet}
    </>
  );
}
