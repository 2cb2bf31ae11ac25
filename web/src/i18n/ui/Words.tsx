/** How screens reach the words. */
import { createContext, useContext, useLayoutEffect, type ReactNode } from "react";
import { english, type Words } from "../translator";

const WordsContext = createContext<Words>(english);

/** Everything inside speaks `words`, and the document is marked with its language and direction. */
export function WordsProvider(props: { readonly words: Words; readonly children: ReactNode }): ReactNode {
  const { words } = props;
  useLayoutEffect(() => {
    document.documentElement.lang = words.language;
    document.documentElement.dir = words.dir;
  }, [words]);
  return <WordsContext value={words}>{props.children}</WordsContext>;
}

/** The words of the language that the page is shown in. */
export function useWords(): Words {
  return useContext(WordsContext);
}
