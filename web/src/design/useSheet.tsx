import { Suspense, useState, type ReactNode } from "react";

/** What opens a sheet, and what is drawn while it is open. */
export interface OpenedSheet {
  readonly open: () => void;
  readonly sheet: ReactNode;
}

/** A sheet behind a button, whose code may be fetched when it is first opened: drawn from then on until it is closed. */
export function useSheet(drawn: (close: () => void) => ReactNode): OpenedSheet {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  return {
    open: () => {
      setOpen(true);
    },
    sheet: isOpen ? <Suspense>{drawn(close)}</Suspense> : null,
  };
}
