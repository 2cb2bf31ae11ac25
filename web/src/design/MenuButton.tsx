/** A button that opens a menu, whose code is fetched when it is first wanted. */
import { lazy, Suspense, useCallback, useState, type ReactNode } from "react";
import { Button } from "./Button";
import type { MenuListProps } from "./MenuList";

const MenuList = lazy(async () => ({ default: (await import("./MenuList")).MenuList }));

/** How the button of a menu looks, whether the menu's code is there already or not. */
export interface MenuTriggerLook {
  readonly label: string;
  readonly shortcut: string;
  readonly className: string;
  readonly children: ReactNode;
}

export type MenuButtonProps = Omit<MenuListProps, "open" | "onOpen" | "onReady">;

/** A button that opens a menu; the menu's code is fetched at the first opening. */
export function MenuButton(props: MenuButtonProps): ReactNode {
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const ready = useCallback(() => {
    setOpen(true);
  }, []);
  const plain = (
    <Button
      {...props.trigger}
      onPress={() => {
        setWanted(true);
      }}
    />
  );
  if (!wanted) return plain;
  return (
    <Suspense fallback={plain}>
      <MenuList {...props} open={open} onOpen={setOpen} onReady={ready} />
    </Suspense>
  );
}
