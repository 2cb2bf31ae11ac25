/** The question before a grave step. */
import type { ReactNode } from "react";
import { Button, type Tone } from "./Button";
import { Sheet } from "./Sheet";

export interface ConfirmProps {
  readonly title: string;
  readonly yes: string;
  readonly no: string;
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before a grave step. The question has the first focus, so that no key answers it by accident. */
export function Confirm(props: ConfirmProps): ReactNode {
  const footer = (
    <>
      <Button onPress={props.onNo}>{props.no}</Button>
      <Button tone={props.tone ?? "primary"} onPress={props.onYes}>
        {props.yes}
      </Button>
    </>
  );
  return (
    <Sheet alert size="small" title={props.title} closeLabel={props.no} onClose={props.onNo} footer={footer}>
      {props.children}
    </Sheet>
  );
}
