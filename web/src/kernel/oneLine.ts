/** Text as it is kept and shared: letters composed (Unicode NFC), one line, nothing that turns the order of letters. */
export function oneLine(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, "")
    .trim();
}
