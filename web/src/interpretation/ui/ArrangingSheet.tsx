/** The sheet in which a chair arranges the interpretation: channels and joint booths to be agreed, the own booths alone. */
import { useState, type ReactNode } from "react";
import type { Snapshot } from "../../contract/parse";
import type { Identity, Language, Party } from "../../kernel/ids";
import { Button } from "../../design/Button";
import { Pick } from "../../design/Pick";
import { Sheet } from "../../design/Sheet";
import { enArranging } from "../../i18n/enArranging";
import type { Words } from "../../i18n/translator";
import { useWords } from "../../i18n/ui/Words";
import {
  agreeing,
  boothsFrom,
  channelsOf,
  choiceOf,
  type ChannelChoice,
  type Interpreter,
  isOverfull,
  type Places,
  placesIn,
  proposalIn,
  proposing,
  puttingUp,
  withdrawing,
} from "../arranging";
import { boothsOf } from "../booths";
import type { Arranging } from "../../summits";
import { channelNames, type ArrangingWords } from "./channelNames";
import "./arranging.css";

export interface ArrangingSheetProps {
  readonly snapshot: Snapshot;
  /** The delegation whose chair arranges. */
  readonly party: Party;
  /** The way to how it stands now. */
  readonly aside: ReactNode;
  /** The time, in ms. */
  readonly now: () => number;
  readonly onAsk: (asked: Arranging | Promise<Arranging>) => void;
  readonly onClose: () => void;
}

type Says = ArrangingWords;

export function ArrangingSheet(props: ArrangingSheetProps): ReactNode {
  const words = useWords();
  const says = words.part(enArranging);
  return (
    <Sheet title={says("title")} closeLabel={words.t("close")} onClose={props.onClose}>
      <div className="arranging">
        {props.aside}
        <Proposed {...props} says={says} />
        <Agreed {...props} says={says} />
        <Own {...props} says={says} />
      </div>
    </Sheet>
  );
}

type PartProps = ArrangingSheetProps & { readonly says: Says };

/** What waits for delegations, in words, with what one may answer. */
function Proposed({ snapshot, party, onAsk, says }: PartProps): ReactNode {
  const words = useWords();
  const { arrangement } = snapshot;
  const proposal = proposalIn(snapshot);
  if (arrangement === null || proposal === null) return null;
  const proposer = arrangement.parties[0];
  const isOwn = arrangement.parties.includes(party);
  const waits = snapshot.delegations.filter(({ id }) => !arrangement.parties.includes(id));
  const booths = proposal.booths.map(({ languages: [first], members }) =>
    says("proposed.booth", { language: words.languageName(first), names: namesOf(snapshot, members, words) }),
  );
  return (
    <section className="arranging-part arranging-proposed" aria-labelledby="arranging-proposed">
      <h3 id="arranging-proposed">
        {proposer === party ? says("proposed.own") : says("proposed", { delegation: nameOf(snapshot, proposer) })}
      </h3>
      <p>{says("proposed.channels", { channels: words.list(channelNames(proposal.channels, words, says)) })}</p>
      <p>{booths.length === 0 ? says("proposed.nobooths") : says("proposed.booths", { booths: words.list(booths) })}</p>
      <p className="quiet">{says("proposed.waits", { delegations: words.list(waits.map(({ name }) => name)) })}</p>
      <div className="arranging-end">
        {isOwn ? (
          <Button
            onPress={() => {
              onAsk(withdrawing());
            }}
          >
            {says("withdraw")}
          </Button>
        ) : (
          <Button
            tone="primary"
            onPress={() => {
              onAsk(agreeing(arrangement.statement));
            }}
          >
            {says("agree")}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Channels and joint booths: what is chosen here is proposed to the others. */
function Agreed({ snapshot, party, now, onAsk, says }: PartProps): ReactNode {
  const words = useWords();
  const people = interpretersIn(snapshot);
  const [choices, setChoices] = useState<ReadonlyMap<Language, ChannelChoice>>(
    () => new Map(snapshot.languages.map((language) => [language, choiceOf(snapshot.channels, language)])),
  );
  const [places, setPlaces] = useState<Places>(() => placesIn(snapshot.booths, null, people));
  const channels = channelsOf(snapshot.languages, choices);
  const joint = boothsFrom(places, null, people);
  const others = snapshot.delegations.filter(({ id }) => id !== party).map(({ name }) => name);
  return (
    <section className="arranging-part" aria-labelledby="arranging-channels">
      <h3 id="arranging-channels">{says("channels")}</h3>
      <p className="quiet">{says("channels.note")}</p>
      <ul>
        {snapshot.languages.map((language) => (
          <li key={language}>
            <Pick
              label={words.languageName(language)}
              value={choices.get(language) ?? "none"}
              options={(["spoken", "signed", "none"] as const).map((id) => ({ id, text: says(`kind.${id}`) }))}
              onPick={(kind) => {
                setChoices(new Map(choices).set(language, kind));
              }}
            />
            <p className="quiet">{whoWorksInto(snapshot, language, words, says)}</p>
          </li>
        ))}
      </ul>
      <h4>{says("joint")}</h4>
      <p className="quiet">{says("joint.note")}</p>
      <Placing {...{ people, places, says }} isJoint onPlace={setPlaces} />
      <Amiss show={channels.length === 0}>{says("channels.none")}</Amiss>
      <Amiss show={isOverfull(joint)}>{says("overfull")}</Amiss>
      <div className="arranging-end">
        <Button
          tone="primary"
          disabled={channels.length === 0 || isOverfull(joint)}
          onPress={() => {
            onAsk(proposing(snapshot, now(), channels, joint));
          }}
        >
          {says("propose", { delegations: words.list(others) })}
        </Button>
      </div>
    </section>
  );
}

/** The own delegation's booths. */
function Own({ snapshot, party, now, onAsk, says }: PartProps): ReactNode {
  const people = interpretersIn(snapshot).filter((each) => each.party === party);
  const [places, setPlaces] = useState<Places>(() =>
    placesIn(boothsOf(snapshot.seats, snapshot.booths), party, people),
  );
  const booths = boothsFrom(places, party, people);
  return (
    <section className="arranging-part" aria-labelledby="arranging-own">
      <h3 id="arranging-own">{says("own", { delegation: nameOf(snapshot, party) })}</h3>
      <p className="quiet">{says(people.length === 0 ? "own.nobody" : "own.note")}</p>
      <Placing {...{ people, places, says }} onPlace={setPlaces} />
      <Amiss show={isOverfull(booths)}>{says("overfull")}</Amiss>
      {people.length === 0 ? null : (
        <div className="arranging-end">
          <Button
            onPress={() => {
              onAsk(puttingUp(snapshot, now(), party, []));
            }}
          >
            {says("bylanguage")}
          </Button>
          <Button
            tone="primary"
            disabled={isOverfull(booths)}
            onPress={() => {
              onAsk(puttingUp(snapshot, now(), party, booths));
            }}
          >
            {says("save")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Who works in which booth: a line for each interpreter. */
function Placing(props: {
  readonly people: readonly Interpreter[];
  readonly places: Places;
  readonly isJoint?: boolean;
  readonly says: Says;
  readonly onPlace: (places: Places) => void;
}): ReactNode {
  const words = useWords();
  const isJoint = props.isJoint ?? false;
  return (
    <ul>
      {props.people.map(({ identity, name, languages }) => (
        <li key={identity}>
          <Pick
            label={props.says(isJoint ? "place.joint" : "place", { name })}
            value={props.places.get(identity) ?? ""}
            options={[
              ...languages.map((id) => ({ id, text: props.says("place.into", { language: words.languageName(id) }) })),
              { id: "" as const, text: props.says(isJoint ? "place.none.joint" : "place.none") },
            ]}
            onPick={(first) => {
              props.onPlace(new Map(props.places).set(identity, first === "" ? null : first));
            }}
          />
        </li>
      ))}
    </ul>
  );
}

function Amiss(props: { readonly show: boolean; readonly children: string }): ReactNode {
  return (
    <p className="arranging-amiss" role="status">
      {props.show ? props.children : null}
    </p>
  );
}

function interpretersIn(snapshot: Snapshot): readonly Interpreter[] {
  return snapshot.seats.filter(({ role }) => role === "interpreter");
}

function whoWorksInto(snapshot: Snapshot, language: Language, words: Words, says: Says): string {
  const working = boothsOf(snapshot.seats, snapshot.booths).filter((booth) => booth.languages.includes(language));
  const names = working.flatMap(({ members }) => members);
  return names.length === 0 ? says("by.none") : says("by", { names: namesOf(snapshot, names, words) });
}

function namesOf(snapshot: Snapshot, members: readonly Identity[], words: Words): string {
  const named = members.map((member) => snapshot.seats.find(({ identity }) => identity === member)?.name ?? member);
  return words.list(named);
}

function nameOf(snapshot: Snapshot, party: Party | undefined): string {
  return snapshot.delegations.find(({ id }) => id === party)?.name ?? "";
}
