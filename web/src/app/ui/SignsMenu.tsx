/** Which sign channels stand beside the speaker, where the menu of languages is not: at a console, with which it is fetched. */
import type { ReactNode } from "react";
import { PictureInPicture2 } from "lucide-react";
import { MenuButton } from "../../design/MenuButton";
import { useWords } from "../../i18n/ui/Words";
import { useReadable, useServices } from "./useServices";

/** Nothing where nobody can sign. */
export function SignsMenu(): ReactNode {
  const words = useWords();
  const { interpretation } = useServices();
  const { signs, pinned } = useReadable(interpretation.state);
  const title = words.t("signs.title");
  if (signs.length === 0) return null;
  return (
    <MenuButton
      title={title}
      choices={[]}
      toggles={{
        title,
        choices: signs.map(({ language, carries }) => ({
          id: language,
          text: words.languageName(language),
          detail: words.t(`signs.${carries}`),
        })),
        on: pinned,
      }}
      onChoose={(id) => {
        const language = signs.find((each) => each.language === id)?.language;
        if (language !== undefined) interpretation.pin(language, !pinned.includes(language));
      }}
      trigger={{
        className: "control",
        shortcut: "+",
        label: title,
        // The line of controls is long.
        children: <PictureInPicture2 className="icon" aria-hidden />,
      }}
    />
  );
}
