/** The English catalogue, put together from its parts. */
import { enArrival } from "./enArrival";
import { enKeys } from "./enKeys";
import { enRoom } from "./enRoom";
import { enSignLanguages } from "./enSignLanguages";
import { enSummit } from "./enSummit";
import { enTalk } from "./enTalk";

/** Everything shown to people, in English. `{name}` is filled in; an object holds plural forms, picked by `count`. */
export const en = { ...enArrival, ...enKeys, ...enRoom, ...enSignLanguages, ...enSummit, ...enTalk } as const;
