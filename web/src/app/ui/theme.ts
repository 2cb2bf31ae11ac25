/** The look of the stage, dark or light; screens outside of it are always light. */
import { createContext, useContext } from "react";

export type Theme = "dark" | "light";

export interface ThemeChoice {
  /** The look of the stage; arrival and the record are always light. */
  readonly stage: Theme;
  readonly setStage: (theme: Theme) => void;
}

export const ThemeContext = createContext<ThemeChoice>({ stage: "dark", setStage: () => undefined });

export function useTheme(): ThemeChoice {
  return useContext(ThemeContext);
}
