/**
 * What has the focus although nobody went there: a key of the page or a pointer pressed it, and it keeps the focus, or gets it back when
 * what it opened is closed. The space bar stays the console's there; where one went with Tab, it presses what one went to.
 */
/** Keys by which one walks, or works what has the focus. */
const WALKS: ReadonlySet<string> = new Set([
  "Tab",
  "Escape",
  "Enter",
  " ",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
]);

export class Lent {
  private element: Element | null = null;
  /** What gets the focus now was pressed by something else. */
  private lends = false;

  /** @param inside something is open over the page, in which one walks without leaving what opened it. */
  key(key: string, inside: boolean): void {
    this.lends = !WALKS.has(key);
    if (key === "Tab" && !inside) this.element = null;
  }

  pointer(): void {
    this.lends = true;
  }

  /** @param inside as for {@link key}. */
  focus(on: EventTarget | null, inside: boolean): void {
    if (this.lends && !inside && on instanceof HTMLButtonElement) this.element = on;
  }

  /** A button that is drawn anew has the key that it had. */
  has(element: Element): boolean {
    const key = element.getAttribute("aria-keyshortcuts");
    return element === this.element || (key !== null && key === this.element?.getAttribute("aria-keyshortcuts"));
  }
}
