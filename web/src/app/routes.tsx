/** Every screen on one page: which one is shown follows from who one is, where the meeting stands, and one's seat. */
import { Activity, lazy, startTransition, Suspense, useCallback, useEffect, useState, type ReactNode } from "react";
import type { Dossier } from "../contract/parse";
import type { MeetingId } from "../kernel/ids";
import { NoInvitation, Proving, Refused } from "../identity/ui/Welcome";
import { ShutOutWords } from "../rooms/ui/ShutOutWords";
import { isShownAlike, mayAsk } from "../summits";
import type { CallState } from "../rooms/model";
import type { SignIn } from "./faces";
import { Announcer } from "./ui/Announcer";
import { Arrival } from "./ui/Arrival";
import { BackContext } from "./ui/BackToMeetings";
import { CeremonyProvider } from "./ui/ceremony";
import { Chamber } from "./ui/Chamber";
import { Doors } from "./ui/Doors";
import { Frame } from "./ui/Frame";
import { keepPlace, recallPlace } from "./ui/place";
import { isOfDelegation, type Sitting } from "./ui/sitting";
import { useKeyChoice } from "./ui/keyChoice";
import { useTheme } from "./ui/theme";
import { useAttempt } from "./ui/Told";
import { useKeys } from "./ui/useKeys";
import { useLasting, useReadable, useSeen, useServices } from "./ui/useServices";

const Adjourned = lazy(async () => ({ default: (await import("./ui/Adjourned")).Adjourned }));
const BeforeTheDoors = lazy(async () => ({ default: (await import("./ui/Gallery")).BeforeTheDoors }));
const Caucus = lazy(async () => ({ default: (await import("./ui/Caucus")).Caucus }));
const Gallery = lazy(async () => ({ default: (await import("./ui/Gallery")).Gallery }));
const Lobby = lazy(async () => ({ default: (await import("./ui/Lobby")).Lobby }));
const Officer = lazy(async () => ({ default: (await import("./ui/Officer")).Officer }));
const TechnicianStage = lazy(async () => ({ default: (await import("./ui/TechnicianStage")).TechnicianStage }));
const UnfitBrowser = lazy(async () => ({ default: (await import("../identity/ui/UnfitBrowser")).UnfitBrowser }));
const Outside = lazy(async () => ({ default: (await import("./ui/Outside")).Outside }));

/** A break in the events shorter than this is not spoken of, in ms. */
const BRIEF = 4000;

export function Routes(): ReactNode {
  const { identification } = useServices();
  const signIn = useReadable(identification.state);
  const attempt = useAttempt();
  useKeys(useKeyChoice().on);
  if (signIn.at === "signed-in") return <Signed dossier={signIn.dossier} />;
  return (
    <Frame theme="light" flows>
      <main>
        <Unsigned
          signIn={signIn}
          onTryAgain={() => {
            attempt(() => identification.arrive());
          }}
        />
      </main>
    </Frame>
  );
}

function Unsigned(props: {
  readonly signIn: Exclude<SignIn, { readonly at: "signed-in" }>;
  readonly onTryAgain: () => void;
}): ReactNode {
  const { signIn } = props;
  switch (signIn.at) {
    case "nobody":
      return <NoInvitation />;
    case "enrolling":
    case "signing-in":
      return <Proving step={signIn.at} />;
    case "refused":
      return <Refused at="sign-in" code={signIn.code} onTryAgain={props.onTryAgain} />;
    case "unfit-browser":
      return (
        <Suspense>
          <UnfitBrowser lacks={signIn.lacks} />
        </Suspense>
      );
  }
}

/** The meeting that is the only one, that was open before a reload, or that is chosen. */
function Signed({ dossier }: { readonly dossier: Dossier }): ReactNode {
  const { call, identification, meeting } = useServices();
  const attempt = useAttempt();
  const [chosen, setChosen] = useState<MeetingId | null>(() => meetingAtStart(dossier));
  useEffect(() => {
    if (chosen === null) return undefined;
    meeting.open(chosen);
    return () => {
      meeting.close();
    };
  }, [chosen, meeting]);
  const back = useCallback(() => {
    keepPlace({ meeting: null, seated: false });
    setChosen(null);
    attempt(() => call.leave());
    attempt(() => identification.refresh());
  }, [attempt, call, identification]);
  if (chosen !== null) {
    return (
      <BackContext value={back}>
        <CeremonyProvider key={chosen} own={dossier.you.identity}>
          <Meeting meeting={chosen} />
        </CeremonyProvider>
      </BackContext>
    );
  }
  return (
    <Frame theme="light" flows>
      <main>
        <Suspense fallback={<Proving step="opening" />}>
          <Lobby dossier={dossier} onChoose={setChosen} />
        </Suspense>
      </main>
    </Frame>
  );
}

function meetingAtStart({ meetings }: Dossier): MeetingId | null {
  const recalled = meetings.find(({ id }) => id === recallPlace().meeting);
  const only = meetings.length === 1 ? meetings[0] : undefined;
  return (recalled ?? only)?.id ?? null;
}

function Meeting({ meeting }: { readonly meeting: MeetingId }): ReactNode {
  const services = useServices();
  const feed = useSeen(services.meeting.state, isShownAlike);
  const stale = useLasting(feed.at === "returning", BRIEF);
  if (feed.at === "refused" && feed.code === "taken_over") return <TakenOver />;
  if (feed.at === "refused") {
    return (
      <Frame theme="light" flows>
        <main>
          <Refused
            at="meeting"
            code={feed.code}
            onTryAgain={() => {
              services.meeting.open(meeting);
            }}
          />
        </main>
      </Frame>
    );
  }
  const snapshot = feed.at === "opening" ? null : feed.snapshot;
  const you = snapshot?.seats.find((seat) => seat.member === snapshot.you);
  if (snapshot === null || you === undefined) return <Opening />;
  return (
    <Suspense fallback={<Opening />}>
      <Announcer sitting={{ snapshot, you, stale }} />
      <AtMeeting sitting={{ snapshot, you, stale }} />
    </Suspense>
  );
}

/** Nothing is known of the meeting yet: it is being opened, or another tab has the seat and the meeting with it. */
function Opening(): ReactNode {
  const { call } = useServices();
  const { seating } = useReadable(call.state);
  if (seating.at === "shut-out" && seating.why === "another-tab") return <TakenOver />;
  return (
    <Frame theme="light" flows>
      <main>
        <Proving step="opening" />
      </main>
    </Frame>
  );
}

/** Another tab has the seat, and with it the meeting: nothing of it is heard here until the seat is taken back. */
function TakenOver(): ReactNode {
  const { call } = useServices();
  const attempt = useAttempt();
  const takeOver = () => {
    attempt(() => call.takeOver());
  };
  return (
    <Frame theme="light" flows>
      <main>
        <ShutOutWords why="another-tab" onTakeOver={takeOver} onTryAgain={takeOver} />
      </main>
    </Frame>
  );
}

/** Takes the seat at one's word, and again by itself after a reload or, for the press, when the doors open. */
function AtMeeting({ sitting }: { readonly sitting: Sitting }): ReactNode {
  const services = useServices();
  const attempt = useAttempt();
  const call = useReadable(services.call.state);
  const { id } = sitting.snapshot.meeting;
  const [taken, setTaken] = useState(() => recallPlace().seated && recallPlace().meeting === id);
  const admitted = mayAsk("enter_chamber", sitting.you, sitting.snapshot.meeting);
  const take = useCallback(() => {
    keepPlace({ meeting: id, seated: true });
    // The SFU is asked before the stage is drawn: drawing it takes longer than a round trip.
    if (admitted) attempt(() => services.call.enter("chamber"));
    startTransition(() => {
      setTaken(true);
    });
  }, [admitted, attempt, id, services]);
  const leave = useCallback(() => {
    keepPlace({ meeting: id, seated: false, left: true });
    setTaken(false);
    attempt(() => services.call.leave());
  }, [attempt, id, services]);
  const { seating } = call;
  const outside = seating.at === "away" || (seating.at === "shut-out" && mayComeBack(seating.why));
  useEffect(() => {
    if (taken && admitted && outside) attempt(() => services.call.enter("chamber"));
  }, [admitted, attempt, outside, services, taken]);
  return <Screen sitting={sitting} call={call} taken={taken} admitted={admitted} onTake={take} onLeave={leave} />;
}

function mayComeBack(why: string): boolean {
  return why === "doors-closed" || why === "not-in-this-format";
}

interface ScreenProps {
  readonly sitting: Sitting;
  readonly call: CallState;
  /** One has said that one takes the seat. */
  readonly taken: boolean;
  /** The table lets one into the chamber now. */
  readonly admitted: boolean;
  readonly onTake: () => void;
  readonly onLeave: () => void;
}

function Screen(props: ScreenProps): ReactNode {
  const services = useServices();
  const attempt = useAttempt();
  const { sitting, call, taken } = props;
  const { seating } = call;
  const { role } = sitting.you;
  if (sitting.snapshot.meeting.phase === "adjourned") return <Adjourned sitting={sitting} />;
  if (seating.at === "shut-out" && !mayComeBack(seating.why)) return <ShutOutScreen {...props} why={seating.why} />;
  if (role === "protocol_officer") {
    return taken ? <Officer sitting={sitting} /> : <Arrival sitting={sitting} entering={false} onTake={props.onTake} />;
  }
  if ((seating.at === "seated" || seating.at === "returning") && seating.room === "caucus") {
    const back = () => {
      attempt(() => services.call.enter("chamber"));
    };
    return <Caucus sitting={sitting} call={call} onLeave={props.onLeave} onReturn={back} />;
  }
  if (role === "technician" && (taken || !props.admitted)) return <TechnicianStage sitting={sitting} />;
  if (isOfDelegation(sitting) && !props.admitted) return <Outside sitting={sitting} />;
  return <BeforeAndInside {...props} />;
}

/** The arrival screen, and behind it the stage or the gallery. */
function BeforeAndInside(props: ScreenProps): ReactNode {
  const { sitting, call, taken } = props;
  const { seating } = call;
  const arrival = <Arrival sitting={sitting} entering={seating.at === "entering"} onTake={props.onTake} />;
  if (sitting.you.role === "press") {
    if (!taken) return arrival;
    const watching = props.admitted && (seating.at === "seated" || seating.at === "returning");
    return watching ? <Gallery {...props} /> : <BeforeTheDoors sitting={sitting} />;
  }
  return (
    <>
      {taken ? null : arrival}
      {/* Drawn while somebody reads the arrival screen, so that taking one's seat only shows it. */}
      <Activity mode={taken ? "visible" : "hidden"}>
        <Chamber sitting={sitting} call={call} onLeave={props.onLeave} />
      </Activity>
    </>
  );
}

function ShutOutScreen(props: ScreenProps & { readonly why: Parameters<typeof ShutOutWords>[0]["why"] }): ReactNode {
  const { call } = useServices();
  const attempt = useAttempt();
  const { stage } = useTheme();
  return (
    <Frame theme={stage} flows doors={<Doors themed sitting={props.sitting} room={null} hearers={0} />}>
      <main>
        <ShutOutWords
          why={props.why}
          onTakeOver={() => {
            attempt(() => call.takeOver());
          }}
          onTryAgain={() => {
            attempt(() => call.enter("chamber"));
          }}
        />
      </main>
    </Frame>
  );
}
