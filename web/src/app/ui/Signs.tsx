/** Whoever signs in the channels that one chose, beside the speaker. Fetched with the first choice. */
import type { CSSProperties, ReactNode } from "react";
import { Minus, Plus, X } from "lucide-react";
import { Button } from "../../design/Button";
import { Level } from "../../design/controls";
import { enSigns } from "../../i18n/enSigns";
import { useWords } from "../../i18n/ui/Words";
import type { SignSeen } from "../../interpretation";
import { Picture } from "../../rooms/ui/Picture";
import type { Seat } from "./sitting";
import { useReadable, useServices } from "./useServices";
import "./signs.css";

/** Hands are read from here on, and the speaker keeps a place to be seen in. */
const LEAST = 0.15;
const MOST = 0.6;
const STEP = 0.05;

function within(size: number): number {
  return Math.min(MOST, Math.max(LEAST, Number.isFinite(size) ? size : LEAST));
}

export interface SignsProps {
  readonly signs: readonly SignSeen[];
  readonly seats: readonly Seat[];
  /** Whether single keys set the size. */
  readonly keyed: boolean;
}

/** Pictures of whoever signs, one under the other; their size is the viewer's to set. */
export function Signs({ signs, seats, keyed }: SignsProps): ReactNode {
  const words = useWords();
  const { interpretation } = useServices();
  const size = within(useReadable(interpretation.state).signSize);
  return (
    <section className="signs" aria-label={words.t("signs.title")} style={{ "--size": size } as CSSProperties}>
      {signs.map((sign) => (
        <Sign
          key={sign.language}
          sign={sign}
          seats={seats}
          onUnpin={() => {
            interpretation.pin(sign.language, false);
          }}
        />
      ))}
      <Size
        keyed={keyed}
        size={size}
        onSize={(next) => {
          interpretation.setSignSize(within(next));
        }}
      />
    </section>
  );
}

interface SignProps {
  readonly sign: SignSeen;
  readonly seats: readonly Seat[];
  readonly onUnpin: () => void;
}

function Sign({ sign: { language, carries, picture }, seats, onUnpin }: SignProps): ReactNode {
  const words = useWords();
  const says = words.part(enSigns);
  const name = seats.find(({ identity }) => identity === picture?.of)?.name;
  const channel = words.languageName(language);
  return (
    <figure className="sign" data-sign={language}>
      <div className="sign-frame">
        {picture === null ? null : (
          <Picture whole stream={picture.track} label={says("picture", { name: name ?? "", language: channel })} />
        )}
        <p role="status">{picture === null ? words.t(`signs.${carries}`) : null}</p>
      </div>
      <figcaption>
        <span>
          <strong>{channel}</strong>
          {name === undefined ? null : (
            <small>
              <bdi>{name}</bdi>
            </small>
          )}
        </span>
        <Button tone="quiet" label={says("unpin", { language: channel })} onPress={onUnpin}>
          <X className="icon" aria-hidden />
        </Button>
      </figcaption>
    </figure>
  );
}

interface SizeProps extends Pick<SignsProps, "keyed"> {
  readonly size: number;
  readonly onSize: (size: number) => void;
}

function Size({ size, onSize, keyed }: SizeProps): ReactNode {
  const words = useWords();
  const says = words.part(enSigns);
  const step = (way: 1 | -1) => () => {
    onSize(size + way * STEP);
  };
  return (
    <div className="signs-size">
      <Button tone="quiet" shortcut={keyed ? "-" : undefined} label={says("smaller")} onPress={step(-1)}>
        <Minus className="icon" aria-hidden />
      </Button>
      <Level
        label={says("size.label")}
        value={(size - LEAST) / (MOST - LEAST)}
        text={words.percent(size)}
        onChange={(share) => {
          onSize(LEAST + share * (MOST - LEAST));
        }}
      >
        {says("size")}
      </Level>
      <Button tone="quiet" shortcut={keyed ? "+" : undefined} label={says("larger")} onPress={step(1)}>
        <Plus className="icon" aria-hidden />
      </Button>
    </div>
  );
}
