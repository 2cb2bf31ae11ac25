/** Whether somebody wears a headset: then their voice needs no processing, and is better without. Pure but for its memory. */

const WORN = "visavis headset";

/** What makers call them, and the languages that browsers name devices in. */
const NAMES =
  /head|ear|airpod|buds|hands.?free|jabra|plantronics|poly |blackwire|epos|sennheiser|kopf|casque|auricular|cuffi|наушник|гарнитур|耳机|سماع/iu;

/** Whether the device of this label is one, by its name. */
export function isHeadset(label: string): boolean {
  return NAMES.test(label);
}

/** Whether one is worn with this microphone: what its wearer said of it, else what its name says. */
export function worn(label: string, memory: Pick<Storage, "getItem">): boolean {
  const said = memory.getItem(WORN);
  if (said === `on ${label}`) return true;
  return said !== `off ${label}` && isHeadset(label);
}

/** Keeps what the wearer said of this microphone. */
export function keepWorn(label: string, on: boolean, memory: Pick<Storage, "setItem">): void {
  memory.setItem(WORN, `${on ? "on" : "off"} ${label}`);
}
