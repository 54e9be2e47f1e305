/** How much a command says, and to whom. */
export interface OutputOptions {
  /** One JSON object a line on stdout, the last of them the result. */
  readonly json: boolean;
  /** Nothing on stderr but errors. */
  readonly quiet: boolean;
}

/** Where a command speaks: the answer goes to stdout, all else to stderr. */
export interface Output extends OutputOptions {
  /** A line for people, on stderr. */
  say(line: string): void;
  /** A line for people that `--quiet` does not silence, on stderr. */
  warn(line: string): void;
  /** Something that happened, for programs: a line on stdout under `--json`, nothing else. */
  event(event: { readonly type: string; readonly [key: string]: unknown }): void;
}

const write = (stream: NodeJS.WriteStream, line: string) => {
  stream.write(`${line}\n`);
};

/** The output of this process. */
export const createOutput = ({ json, quiet }: OutputOptions): Output => ({
  json,
  quiet,
  say: (line) => {
    if (!quiet) write(process.stderr, line);
  },
  warn: (line) => write(process.stderr, line),
  event: (event) => {
    if (json) write(process.stdout, JSON.stringify(event));
  }
});
