/**
 * What a terminal would act on instead of showing it: the control characters C0 (line breaks among them), DEL and C1, marks
 * that turn the direction of text round or show as nothing, and separators of lines and paragraphs.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** As JSON and JavaScript write it: one of its four-digit escapes for each code unit. */
const escaped = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)
    .join("");

/**
 * One line of text that shows on a terminal as what it is, wherever it came from: names in files, words of servers, paths.
 * What would move the cursor, change the colours or make a line of its own is written as an escape, `\u001B`.
 */
export const terminalText = (text: string): string =>
  text.replace(unsafe, (character) => named[character] ?? escaped(character));

/**
 * A value as one line of JSON that is as safe on a terminal: JSON itself escapes C0 only. It parses to the same value.
 */
export const jsonLine = (value: unknown): string => JSON.stringify(value).replace(unsafe, escaped);
