/** The parameters of a query. */
export interface Parameters {
  /** By name, in the order of their first mention, each with its values in theirs. */
  readonly values: ReadonlyMap<string, ReadonlyArray<string>>;
  /** Whether a part was no parameter: it has a `;` or a bad escape. The other parts count all the same. */
  readonly malformed: boolean;
}

const badEscape = /%(?![0-9A-Fa-f]{2})/;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads a query as Go's `net/url` does. */
export const readParameters = (query: string): Parameters => {
  const values = new Map<string, Array<string>>();
  let malformed = false;
  for (const part of query.split("&")) {
    if (part === "") continue;
    const [name = "", ...rest] = part.split("=");
    const [key, value] = [unescaped(name), unescaped(rest.join("="))];
    if (part.includes(";") || key === undefined || value === undefined) malformed = true;
    else values.set(key, [...(values.get(key) ?? []), value]);
  }
  return { values, malformed };
};

/** Undefined where an escape is bad; bytes that are not UTF-8 become U+FFFD. */
const unescaped = (text: string): string | undefined => {
  if (badEscape.test(text)) return undefined;
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  const bytes: Array<number> = [];
  const plain = new TextEncoder().encode(spaced);
  for (let at = 0; at < plain.length; at += 1) {
    const byte = plain[at] as number;
    if (byte !== 0x25) bytes.push(byte);
    else {
      bytes.push(Number.parseInt(String.fromCharCode(plain[at + 1] as number, plain[at + 2] as number), 16));
      at += 2;
    }
  }
  return utf8.decode(Uint8Array.from(bytes));
};
