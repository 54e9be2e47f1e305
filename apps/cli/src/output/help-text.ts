import type { HelpDoc } from "effect/cli/HelpDoc";
import * as Option from "effect/Option";
import { wrap } from "./wrap.ts";

interface Row {
  readonly left: string;
  readonly right: string;
}

/** Longer names have a line of their own, with what they mean below. */
const widestLeft = 28;
/** Fewer columns than this have no room for two beside each other. */
const narrow = 60;

const indented = (text: string, by: number, columns: number): ReadonlyArray<string> =>
  wrap(text, Math.max(1, columns - by)).map((line) => " ".repeat(by) + line);

const table = (rows: ReadonlyArray<Row>, columns: number): ReadonlyArray<string> => {
  if (columns < narrow) {
    return rows.flatMap(({ left, right }) => [...indented(left, 2, columns), ...indented(right, 6, columns)]);
  }
  const left = Math.min(widestLeft, Math.max(...rows.map((row) => row.left.length))) + 4;
  return rows.flatMap((row) => {
    const [first = "", ...rest] = indented(row.right, left, columns);
    const name = `  ${row.left}`;
    return name.length + 2 > left ? [name, first, ...rest] : [name.padEnd(left) + first.slice(left), ...rest];
  });
};

/** A command line that can be copied as it stands: a line that goes on ends with a backslash, as shells want it. */
const commandLines = (command: string, columns: number): ReadonlyArray<string> => {
  const lines = wrap(`$ ${command}`, columns - 6);
  return lines.map((line, index) => `    ${index === 0 ? "" : "  "}${line}${index < lines.length - 1 ? " \\" : ""}`);
};

/** In a list, the first sentence says enough. */
const firstSentence = (text: string): string => /^.*?\.(?= |$)/u.exec(text)?.[0] ?? text;

type Flags = HelpDoc["flags"];

const flagRows = (flags: Flags): ReadonlyArray<Row> =>
  flags.map(({ name, aliases, type, description }) => {
    const [short = ""] = aliases;
    const value = type === "boolean" ? "" : ` ${type === "choice" ? "WORD" : type}`;
    return {
      left: `${short === "" ? "    " : `${short}, `}--${name}${value}`,
      right: Option.getOrElse(description, () => "")
    };
  });

const titled = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ["", title, ...lines];

/** The help of a command in lines of at most so many characters; only a word that is longer is not broken. */
export const helpText = (doc: HelpDoc, columns: number): ReadonlyArray<string> => {
  const { description, usage, args = [], subcommands = [], flags, globalFlags = [], examples = [] } = doc;
  const argumentRows = args.map(({ name, variadic, required, description: itsDescription }) => ({
    left: `${name}${variadic ? "..." : ""}${required ? "" : " (optional)"}`,
    right: Option.getOrElse(itsDescription, () => "")
  }));
  return [
    ...wrap(description, columns),
    "",
    ...indented(`Usage: ${usage}`, 0, columns),
    ...titled("Arguments", argumentRows.length === 0 ? [] : table(argumentRows, columns)),
    ...subcommands.flatMap(({ group, commands }) =>
      titled(
        group ?? "Commands",
        table(
          commands.map(({ name, description: right }) => ({ left: name, right: firstSentence(right) })),
          columns
        )
      )
    ),
    ...titled("Flags", flags.length === 0 ? [] : table(flagRows(flags), columns)),
    ...titled("Flags of every command", globalFlags.length === 0 ? [] : table(flagRows(globalFlags), columns)),
    ...titled(
      "Examples",
      examples.flatMap(({ command, description: itsDescription = "" }, index) => [
        ...(index === 0 ? [] : [""]),
        ...indented(itsDescription, 2, columns),
        ...commandLines(command, columns)
      ])
    )
  ];
};
