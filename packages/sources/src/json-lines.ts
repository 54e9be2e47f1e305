import type { Entry } from "./entry.ts";

/** A line's text; where it stands is put into words only when somebody asks. */
class Line {
  readonly text: string;
  readonly line: number;

  constructor(text: string, line: number) {
    this.text = text;
    this.line = line;
  }

  get at(): string {
    return `line ${this.line}`;
  }
}

const isBlank = (line: string): boolean => {
  // A line of JSON starts with a bracket: looking at one character answers for nearly all.
  const first = line.charCodeAt(0);
  return first !== 0x7b && first !== 0x5b && line.trim() === "";
};

/** One JSON text a line, as entries of unparsed text. Empty lines are passed over, line ends are `\n` or `\r\n`. */
export async function* readJsonLines(
  text: AsyncIterable<string>,
  { longest }: { readonly longest: number }
): AsyncGenerator<ReadonlyArray<Entry>> {
  let rest = "";
  let number = 0;
  let tooLong = false;

  const tooLongAt = (line: number): Entry => ({
    problem: {
      outcome: "rejected",
      code: "too-long",
      message: `The line is longer than ${longest.toLocaleString("en")} characters, which no datum is. Is the line break missing?`
    },
    at: `line ${line}`
  });

  const add = (page: Array<Entry>, line: string) => {
    number++;
    if (tooLong) {
      tooLong = false;
      page.push(tooLongAt(number));
    } else if (line.length > longest) page.push(tooLongAt(number));
    else if (!isBlank(line)) page.push(new Line(line.endsWith("\r") ? line.slice(0, -1) : line, number));
  };

  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    const page: Array<Entry> = [];
    for (const line of lines) add(page, line);
    if (rest.length > longest) {
      tooLong = true;
      rest = "";
    }
    if (page.length > 0) yield page;
  }
  if (rest !== "" || tooLong) {
    const page: Array<Entry> = [];
    add(page, rest);
    if (page.length > 0) yield page;
  }
}
