/** The outcome of decoding a body as the platform's JSON decoder would. */
export type Decoded = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const loneSurrogate = /\\u[dD][89a-fA-F]/;
const hugeNumber = /[eE]\+?\d{3}|\d{309}/;

function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]));
}

function overflows(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(overflows);
}

/**
 * Decodes a whole body: no trailing text, no byte order mark, no number beyond a double; of equal keys the last wins;
 * bytes that are not UTF-8 and lone surrogates become U+FFFD.
 */
export function decodeJson(body: Uint8Array | string): Decoded {
  const text = typeof body === "string" ? body : utf8.decode(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  if (hugeNumber.test(text) && overflows(value)) return { ok: false };
  return { ok: true, value: loneSurrogate.test(text) ? wellFormed(value) : value };
}

/** Where the first JSON value of a text ends, or -1 when it never does. */
function endOfFirstValue(text: string): number {
  let at = 0;
  while (at < text.length && " \t\r\n".includes(text[at] as string)) at += 1;
  const first = text[at];
  if (first !== "{" && first !== "[" && first !== '"') {
    while (at < text.length && !" \t\r\n,]}[{".includes(text[at] as string)) at += 1;
    return at;
  }
  let depth = 0;
  let inString = false;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === "\\") at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth === 0 && !inString) return at + 1;
  }
  return -1;
}

/** Decodes the first JSON value of a body and ignores what follows it, as the platform's stream decoder does. */
export function decodeFirstJson(body: Uint8Array): Decoded & { readonly empty?: boolean } {
  const text = utf8.decode(body);
  if (text.trim() === "") return { ok: false, empty: true };
  const end = endOfFirstValue(text);
  return end < 0 ? { ok: false } : decodeJson(text.slice(0, end));
}

/** JSON with the members of every object sorted by name, as the platform's reader writes stored documents. */
export function sortedJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((item) => (item === undefined ? "null" : sortedJson(item))).join(",")}]`;
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(key)}:${sortedJson(member)}`;
  }
  return `${text}}`;
}
