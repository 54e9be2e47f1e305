/** Attributes of a tag by name. */
export type Attributes = ReadonlyMap<string, string>;

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const reference = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));|&/giu;
// What XML forbids, and some versions of iOS write nevertheless.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/gu;

/** A value without references and control characters; `undefined` where it refers to what only a DTD could define. */
const valueOf = (raw: string): string | undefined => {
  let isKnown = true;
  const replaced = raw.includes("&")
    ? raw.replaceAll(reference, (_, hex?: string, decimal?: string, name?: string) => {
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
        if (code <= 0x10_ff_ff) return String.fromCodePoint(code);
        const character = name === undefined ? undefined : named[name];
        isKnown &&= character !== undefined;
        return character ?? "";
      })
    : raw;
  return isKnown ? replaced.replaceAll(forbidden, "") : undefined;
};

/**
 * The attributes between the name of a tag and its end, in any order and either kind of quotes. Tolerant where nothing can be
 * mistaken: names may hold spaces, values `<` and control characters. `undefined` where a quote is missing, where a name occurs
 * twice, or where a value refers to an entity that XML itself does not have.
 */
export const readAttributes = (text: string): Attributes | undefined => {
  const attributes = new Map<string, string>();
  for (let at = 0; ;) {
    const equals = text.indexOf("=", at);
    const name = text.slice(at, equals < 0 ? undefined : equals).trim();
    if (/["'<>]/u.test(name)) return undefined;
    if (equals < 0) return attributes;
    let open = equals + 1;
    while (text.charCodeAt(open) <= 32) open++;
    const quote = text[open];
    if (quote !== '"' && quote !== "'") return undefined;
    const close = text.indexOf(quote, open + 1);
    if (close < 0 || attributes.has(name)) return undefined;
    const value = valueOf(text.slice(open + 1, close));
    if (value === undefined) return undefined;
    attributes.set(name, value);
    at = close + 1;
  }
};
