/** The menu behind a MenuButton: its lines, and how keys walk through them. */
import { useEffect, useRef, type ReactNode } from "react";
import { Check } from "lucide-react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import type { MenuTriggerLook } from "./MenuButton";

export interface MenuChoice {
  readonly id: string;
  readonly text: string;
  readonly detail?: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly tone?: "danger";
}

/** Choices of which each holds or not, whatever the others do. */
export interface MenuToggles {
  readonly title: string;
  readonly choices: readonly MenuChoice[];
  readonly on: readonly string[];
}

export interface MenuListProps {
  /** The accessible name of the open menu. */
  readonly title: string;
  readonly choices: readonly MenuChoice[];
  /** Present for a menu in which one choice holds; absent for a menu of things to do. */
  readonly chosen?: string;
  /** Under the choices; chosen like them. */
  readonly toggles?: MenuToggles | undefined;
  readonly onChoose: (id: string) => void;
  readonly open: boolean;
  /** Called once it is drawn. Only then it may open: closing, it gives the focus back to its own button. */
  readonly onReady: () => void;
  readonly onOpen: (open: boolean) => void;
  readonly trigger: MenuTriggerLook;
}

/**
 * Opened by a key that arrived before this code did, the menu marks its choice as focused without focusing it: the
 * library waits for a focus that went with the button it stood on.
 */
function takeFocus(menu: HTMLElement | null): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      if (menu?.isConnected !== true || menu.querySelector(":focus") !== null) return;
      menu.querySelector<HTMLElement>("[tabindex='0']")?.focus();
    });
  });
}

/** A button and the menu it opens. Loaded when first wanted: see {@link MenuButton}. */
export function MenuList(props: MenuListProps): ReactNode {
  const { chosen, toggles, trigger, onReady } = props;
  const button = useRef<HTMLButtonElement>(null);
  const { shortcut } = trigger;
  useEffect(() => {
    // The library's button drops this attribute, by which the key finds its control.
    button.current?.setAttribute("aria-keyshortcuts", shortcut);
  }, [shortcut]);
  useEffect(() => {
    button.current?.focus();
    onReady();
  }, [onReady]);
  return (
    <MenuTrigger isOpen={props.open} onOpenChange={props.onOpen}>
      <Button ref={button} className={`button ${trigger.className}`} data-tone="plain" aria-label={trigger.label}>
        {trigger.children}
      </Button>
      <Popover className="popover" offset={8}>
        <Menu
          ref={takeFocus}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- of a menu, not of a page: its first choice, or the one that holds
          autoFocus="first"
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
            <Line key={choice.id} choice={choice} />
          ))}
          {toggles === undefined ? null : (
            <MenuSection
              aria-label={toggles.title}
              selectionMode="multiple"
              selectedKeys={toggles.on}
              shouldCloseOnSelect={false}
            >
              <Header className="menu-head">{toggles.title}</Header>
              {toggles.choices.map((choice) => (
                <Line key={choice.id} choice={choice} />
              ))}
            </MenuSection>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Line({ choice }: { readonly choice: MenuChoice }): ReactNode {
  return (
    <MenuItem id={choice.id} className="menu-item" textValue={choice.text} data-tone={choice.tone}>
      {({ isSelected }) => (
        <>
          {choice.icon ?? (isSelected ? <Check className="icon" aria-hidden /> : <span />)}
          <span>{choice.text}</span>
          {choice.detail === undefined ? null : <small>{choice.detail}</small>}
        </>
      )}
    </MenuItem>
  );
}
