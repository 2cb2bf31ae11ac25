import { useEffect, useRef, type ReactNode } from "react";
import { Check } from "lucide-react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import type { MenuTriggerLook } from "./MenuButton";

export interface MenuChoice {
  readonly id: string;
  readonly text: string;
  readonly detail?: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly tone?: "danger";
}

export interface MenuListProps {
  /** The accessible name of the open menu. */
  readonly title: string;
  readonly choices: readonly MenuChoice[];
  /** Present for a menu in which one choice holds; absent for a menu of things to do. */
  readonly chosen?: string;
  readonly onChoose: (id: string) => void;
  readonly open: boolean;
  /** Called once it is drawn. Only then it may open: closing, it gives the focus back to its own button. */
  readonly onReady: () => void;
  readonly onOpen: (open: boolean) => void;
  readonly trigger: MenuTriggerLook;
}

/** A button and the menu it opens. Loaded when first wanted: see {@link MenuButton}. */
export function MenuList(props: MenuListProps): ReactNode {
  const { chosen, trigger, onReady } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    onReady();
  }, [onReady]);
  return (
    <MenuTrigger isOpen={props.open} onOpenChange={props.onOpen}>
      <Button
        ref={button}
        className={`button ${trigger.className}`}
        data-tone="plain"
        aria-label={trigger.label}
        aria-keyshortcuts={trigger.shortcut}
      >
        {trigger.children}
      </Button>
      <Popover className="popover" offset={8}>
        <Menu
          className="menu"
          aria-label={props.title}
          selectionMode={chosen === undefined ? "none" : "single"}
          selectedKeys={chosen === undefined ? [] : [chosen]}
          disallowEmptySelection={chosen !== undefined}
          disabledKeys={props.choices.filter((choice) => choice.disabled).map((choice) => choice.id)}
          onAction={(key) => {
            props.onChoose(String(key));
          }}
        >
          {props.choices.map((choice) => (
            <MenuItem
              key={choice.id}
              id={choice.id}
              className="menu-item"
              textValue={choice.text}
              data-tone={choice.tone}
            >
              {({ isSelected }) => (
                <>
                  {choice.icon ?? (isSelected ? <Check className="icon" aria-hidden /> : <span />)}
                  <span>{choice.text}</span>
                  {choice.detail === undefined ? null : <small>{choice.detail}</small>}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
