/** A source of numbers from 0 up to, not including, 1: the same for one seed. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type Mutation = (bytes: Buffer, pick: (below: number) => number) => Buffer;

const part = (bytes: Buffer, pick: (below: number) => number): [number, number] => {
  const from = pick(bytes.length + 1);
  return [from, Math.min(bytes.length, from + pick(pick(2) === 0 ? 20 : 2000))];
};
const insert = (bytes: Buffer, at: number, what: string | Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(what as string), bytes.subarray(at)]);
const asText =
  (change: (text: string, pick: (below: number) => number) => string): Mutation =>
  (bytes, pick) =>
    Buffer.from(change(bytes.toString("latin1"), pick), "latin1");
const lines = (change: (all: Array<string>, pick: (below: number) => number) => Array<string>): Mutation =>
  asText((text, pick) => change(text.split("\n"), pick).join("\n"));

/** What happens to files on their way, and worse: cut, doubled, shuffled, re-encoded, saved in another locale, damaged. */
const mutations: Readonly<Record<string, Mutation>> = {
  "cut off": (bytes, pick) => bytes.subarray(0, pick(bytes.length + 1)),
  "without its start": (bytes, pick) => bytes.subarray(pick(Math.min(bytes.length, 5000))),
  "without a part": (bytes, pick) => {
    const [from, to] = part(bytes, pick);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  "with a part doubled": (bytes, pick) => {
    const [from, to] = part(bytes, pick);
    return insert(bytes, pick(bytes.length + 1), bytes.subarray(from, to));
  },
  doubled: (bytes) => Buffer.concat([bytes, bytes]),
  "with random bytes": (bytes, pick) => {
    const copy = Buffer.from(bytes);
    for (let count = pick(30); count >= 0 && copy.length > 0; count--) copy[pick(copy.length)] = pick(256);
    return copy;
  },
  "with NULs": (bytes, pick) => insert(bytes, pick(bytes.length + 1), "\0".repeat(1 + pick(40))),
  "with quotation marks": (bytes, pick) =>
    insert(bytes, pick(bytes.length + 1), ['"', '""', '"""', "'", '",', '\n"'][pick(6)]!),
  "with marks of UTF-8": (bytes, pick) => insert(bytes, pick(2) * pick(bytes.length + 1), "\uFEFF".repeat(1 + pick(2))),
  "as UTF-16": (bytes) => Buffer.from(`\uFEFF${bytes.toString()}`, "utf16le"),
  "as UTF-16 without a mark": (bytes) => Buffer.from(bytes.toString(), "utf16le"),
  "as UTF-8 once more": (bytes) => Buffer.from(bytes.toString("latin1"), "utf8"),
  "with CRLF": asText((text) => text.replaceAll("\n", "\r\n")),
  "with CR": asText((text) => text.replaceAll(/\r?\n/gu, "\r")),
  "with other separators": asText((text, pick) => text.replaceAll(",", [";", "\t", "|", ",,"][pick(4)]!)),
  "with decimal commas": asText((text) => text.replaceAll(/(\d)\.(\d)/gu, "$1,$2")),
  "with other numbers": asText((text, pick) => {
    const [from, to] = ["0123456789"[pick(10)]!, ["-", "9999999", "", "e9", ".", "\u00BD"][pick(6)]!];
    let left = 1 + pick(50);
    return text.replaceAll(from, (digit) => (left-- > 0 ? to : digit));
  }),
  "with other years": asText((text, pick) =>
    text.replaceAll(/(?:19|20)\d\d/gu, ["0000", "9999", "2161", "1800", "20"][pick(5)]!)
  ),
  "with rows shuffled": lines((all, pick) => {
    const result = [...all];
    for (let at = result.length - 1; at > 0; at--) {
      const other = pick(at + 1);
      [result[at], result[other]] = [result[other]!, result[at]!];
    }
    return result;
  }),
  "with columns swapped": lines((all, pick) => {
    const [one, other] = [pick(14), pick(14)];
    return all.map((line) => {
      const cells = line.split(",");
      [cells[one], cells[other]] = [cells[other] ?? "", cells[one] ?? ""];
      return cells.join(",");
    });
  }),
  "with rows dropped": lines((all, pick) => all.filter(() => pick(10) > 0)),
  "with a long row": (bytes, pick) => insert(bytes, pick(bytes.length + 1), "x".repeat(400_000)),
  "with its brackets changed": asText((text, pick) =>
    text.replace(["{", "}", "[", "]", "<", ">", ":"][pick(7)]!, ["", "}", "<", "&"][pick(4)]!)
  )
};

const names = Object.keys(mutations);

/** A copy of a file to which one to three things have happened, and what these were: always the same for one number. */
export const mutate = (
  bytes: Uint8Array,
  number: number
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly how: string } => {
  const random = randomOf(number);
  const pick = (below: number): number => Math.floor(random() * below);
  const chosen = Array.from({ length: 1 + pick(3) }, () => names[pick(names.length)]!);
  let mutated = Buffer.from(bytes);
  for (const name of chosen) mutated = Buffer.from(mutations[name]!(mutated, pick));
  return { bytes: new Uint8Array(mutated), how: chosen.join(", ") };
};
