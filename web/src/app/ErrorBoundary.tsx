/** What is shown when a screen breaks, and what is ended behind it. */
import { Component, type ReactNode } from "react";
import { Unplug } from "lucide-react";
import { Button } from "../design/Button";
import { useWords } from "../i18n/ui/Words";
import { Statement } from "../design/Statement";
import { Frame } from "./ui/Frame";

interface Props {
  readonly children: ReactNode;
  /** Ends what would go on behind a page that shows nothing of it any more: the call, the devices. */
  readonly onBroken: () => void;
}

interface State {
  readonly broken: boolean;
}

/** The last net: says what happened and offers a way on. React itself reports the error to the console. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override componentDidCatch(): void {
    this.props.onBroken();
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactNode {
  const words = useWords();
  return (
    <Frame theme="light" flows>
      <main>
        <Statement sign={<Unplug className="statement-sign" aria-hidden />} title={words.t("broken.title")}>
          <p role="alert">{words.t("broken.text")}</p>
          <p className="quiet">{words.t("broken.next")}</p>
          <Button
            tone="primary"
            large
            onPress={() => {
              location.reload();
            }}
          >
            {words.t("reload")}
          </Button>
        </Statement>
      </main>
    </Frame>
  );
}
