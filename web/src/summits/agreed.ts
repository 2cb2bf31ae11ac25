/** Whether a snapshot tells of the summit as every delegation signed it. Pure. */
import type { Descriptor, SnapshotSent } from "../contract/parse";

function listed(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

/** Titles, names, order and languages are taken from nobody but those who signed them. */
export function isAsSigned(snapshot: SnapshotSent, signed: Descriptor): boolean {
  const { summit, delegations, host, languages } = snapshot;
  const said = delegations.map(({ id, name, place, language }) => [id, name, place, language]);
  const agreed = signed.delegations.map(({ id, name, place, language }) => [id, name, place, language]);
  return (
    listed([summit.id, summit.title, host.name, languages, said]) ===
    listed([signed.summit.id, signed.summit.title, signed.host.name, signed.languages, agreed])
  );
}
