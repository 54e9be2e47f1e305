import type { Band, PerBand } from "@tideway/metrics";

interface Token {
  readonly light: string;
  readonly dark: string;
}

/** On the paper of both themes (`#ffffff`, `#151d25`) text has a contrast of at least 4.5, and what carries meaning of 3. */
const tokens = {
  paper: { light: "#ffffff", dark: "#151d25" },
  ink: { light: "#1c2733", dark: "#e6edf3" },
  soft: { light: "#566372", dark: "#a3b1bf" },
  grid: { light: "#dfe6ec", dark: "#2a3642" },
  bound: { light: "#b9c4ce", dark: "#4a5a68" },
  range: { light: "#e9f6ef", dark: "#14302a" },
  "very-low": { light: "#cc3550", dark: "#dd4f68" },
  low: { light: "#e8604f", dark: "#f0806f" },
  target: { light: "#2f9d6c", dark: "#3fb57f" },
  high: { light: "#9a78d4", dark: "#b193e6" },
  "very-high": { light: "#7e52d3", dark: "#9068e0" },
  "profile-outer": { light: "#d3e9f5", dark: "#173446" },
  "profile-inner": { light: "#9ccbe6", dark: "#255e80" },
  "profile-edge": { light: "#3f83ab", dark: "#5ea6d1" },
  "profile-median": { light: "#0d4a78", dark: "#b9defa" },
  insulin: { light: "#14639e", dark: "#6db3ea" },
  carbohydrates: { light: "#a8640c", dark: "#e0a44a" },
  "coverage-edge": { light: "#5b7f9c", dark: "#7d9db8" },
  "coverage-1": { light: "#cfe1ef", dark: "#1d3a54" },
  "coverage-2": { light: "#93bbd9", dark: "#2b5d88" },
  "coverage-3": { light: "#4f8dbb", dark: "#4f8dbb" },
  "coverage-4": { light: "#14639e", dark: "#9ccdf3" }
} as const satisfies Record<string, Token>;

/** The name of a colour: as a CSS custom property it is `--tideway-` with this. */
export type ColourName = keyof typeof tokens;

/** Every colour of the charts on light and on dark paper, as hexadecimal numbers. */
export const chartColours: { readonly [N in ColourName]: Token } = tokens;

/** The CSS value of a colour: the page's custom property, and the light one where the page sets none. */
export const colour = (name: ColourName): string => `var(--tideway-${name}, ${tokens[name].light})`;

/** The CSS value of the colour of each band. */
export const bandColours: PerBand<string> = {
  veryLow: colour("very-low"),
  low: colour("low"),
  target: colour("target"),
  high: colour("high"),
  veryHigh: colour("very-high")
};

/** The CSS value of a band's colour. */
export const bandColour = (band: Band): string => bandColours[band];

const properties = (theme: keyof Token): string =>
  Object.entries(tokens)
    .map(([name, token]) => `  --tideway-${name}: ${token[theme]};`)
    .join("\n");

/** A style sheet that sets the colours for both themes; put it into a page once. Without it charts are light. */
export const colourSheet: string = `:root {\n${properties("light")}\n}\n@media (prefers-color-scheme: dark) {\n:root {\n${properties("dark")}\n}\n}\n`;
