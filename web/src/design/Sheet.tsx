/** A sheet over the page: what is looked at for a moment and closed again. */
import type { ReactNode } from "react";
import { X } from "lucide-react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./Button";

export interface SheetProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** `side` stands at the end of the line, as high as the page, and leaves the rest in sight. */
  readonly size?: "small" | "wide" | "side";
  /** An alert asks for an answer: pressing beside it does not close it. */
  readonly alert?: boolean;
}

/** The library hides the rest of the page but does not say that it did. */
function markModal(dialog: HTMLElement | null): void {
  dialog?.setAttribute("aria-modal", "true");
}

/** A dialog over the page. It is open as long as it is drawn. */
export function Sheet(props: SheetProps): ReactNode {
  const alert = props.alert ?? false;
  return (
    <ModalOverlay
      className="veil"
      data-size={props.size ?? "wide"}
      isOpen
      isDismissable={!alert}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal className="sheet" data-size={props.size ?? "wide"}>
        <Dialog ref={markModal} role={alert ? "alertdialog" : "dialog"}>
          <header>
            <Heading slot="title" level={2}>
              {props.title}
            </Heading>
            {alert ? null : (
              <Button tone="quiet" label={props.closeLabel} onPress={props.onClose}>
                <X className="icon" aria-hidden />
              </Button>
            )}
          </header>
          <div
            className="inside"
            tabIndex={alert ? undefined : 0}
            role={alert ? undefined : "group"}
            aria-label={alert ? undefined : props.title}
          >
            {props.children}
          </div>
          {props.footer === undefined ? null : <footer>{props.footer}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
