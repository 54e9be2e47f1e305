/** The outcome of decoding a body as the platform's JSON decoder would. */
export type Decoded = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const loneSurrogate = /\\u[dD][89a-fA-F]/;
const hugeNumber = /[eE]\+?\d{3}|\d{200}/;

type Container = Array<unknown> | Record<string, unknown>;

/** Every array and object in a value, in no order, without recursion: bodies may be nested deeper than a stack is. */
const containersIn = function* (value: unknown): Iterable<Container> {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === null || typeof next !== "object") continue;
    yield next as Container;
    for (const member of Object.values(next)) waiting.push(member);
  }
};

const makeWellFormed = (root: { value: unknown }): unknown => {
  for (const container of containersIn(root)) {
    const entries = Object.entries(container);
    const renamed = !Array.isArray(container) && entries.some(([name]) => !name.isWellFormed());
    // All are put anew, so that the order stays and of names that become equal the last wins.
    if (renamed) for (const [name] of entries) delete container[name];
    for (const [name, member] of entries) {
      const value = typeof member === "string" ? member.toWellFormed() : member;
      if (renamed || value !== member) put(container as Record<string, unknown>, name.toWellFormed(), value);
    }
  }
  return root.value;
};

/** `__proto__` is a name like any other in JSON. */
const put = (target: Record<string, unknown>, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
};

const overflows = (root: { readonly value: unknown }): boolean => {
  for (const container of containersIn(root)) {
    if (Object.values(container).some((member) => typeof member === "number" && !Number.isFinite(member))) return true;
  }
  return false;
};

/**
 * Decodes a whole body: no trailing text, no byte order mark, no number beyond a double; of equal keys the last wins;
 * bytes that are not UTF-8 and lone surrogates become U+FFFD.
 */
export const decodeJson = (body: Uint8Array | string): Decoded => {
  const text = typeof body === "string" ? body : utf8.decode(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  if (hugeNumber.test(text) && overflows({ value })) return { ok: false };
  return { ok: true, value: loneSurrogate.test(text) ? makeWellFormed({ value }) : value };
};

/** Where the first JSON value of a text ends, or -1 when it never does. */
const endOfFirstValue = (text: string): number => {
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
};

/** Decodes the first JSON value of a body and ignores what follows it, as the platform's stream decoder does. */
export const decodeFirstJson = (body: Uint8Array): Decoded & { readonly empty?: boolean } => {
  const text = utf8.decode(body);
  if (text.trim() === "") return { ok: false, empty: true };
  const end = endOfFirstValue(text);
  return end < 0 ? { ok: false } : decodeJson(text.slice(0, end));
};

/** Sorts names in place; quicker than the built-in for the dozen that an object has, which mostly are in order already. */
const sortFew = (names: Array<string>): Array<string> => {
  for (let at = 1; at < names.length; at += 1) {
    const name = names[at] as string;
    let to = at - 1;
    for (; to >= 0 && (names[to] as string) > name; to -= 1) names[to + 1] = names[to] as string;
    names[to + 1] = name;
  }
  return names;
};

/** How deep the quick way goes: a stack has room for a multiple of that. */
const shallow = 200;

/** JSON with the members of every object sorted by name, as the platform's reader writes stored documents. */
export const sortedJson = (value: unknown, depth = 0): string => {
  if (typeof value !== "object" || value === null) return scalarJson(value);
  if (depth > shallow) return deepSortedJson(value);
  if (Array.isArray(value)) {
    return `[${value.map((item) => (item === undefined ? "null" : sortedJson(item, depth + 1))).join(",")}]`;
  }
  const names = Object.keys(value);
  let text = "{";
  for (const name of names.length > 40 ? names.sort() : sortFew(names)) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    text += `${text.length > 1 ? "," : ""}${nameJson(name)}${sortedJson(member, depth + 1)}`;
  }
  return `${text}}`;
};

const scalarJson = (value: unknown): string => {
  if (typeof value === "number") return Number.isFinite(value) ? String(value === 0 ? 0 : value) : "null";
  return JSON.stringify(value);
};

/** The same without recursion: pieces of text, and values whose text is still to come. */
const deepSortedJson = (root: unknown): string => {
  const waiting: Array<{ readonly text: string } | { readonly value: unknown }> = [{ value: root }];
  let text = "";
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ("text" in next) text += next.text;
    else if (typeof next.value !== "object" || next.value === null) text += scalarJson(next.value);
    else {
      const isArray = Array.isArray(next.value);
      const members = Object.entries(next.value).filter(([, member]) => isArray || member !== undefined);
      if (!isArray) members.sort(([a], [b]) => (a < b ? -1 : 1));
      text += isArray ? "[" : "{";
      waiting.push({ text: isArray ? "]" : "}" });
      for (const [index, [name, member]] of [...members.entries()].toReversed()) {
        waiting.push({ value: member ?? null }, { text: `${index > 0 ? "," : ""}${isArray ? "" : nameJson(name)}` });
      }
    }
  }
  return text;
};

const nameTexts = new Map<string, string>();

const nameJson = (name: string): string => {
  const known = nameTexts.get(name);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(name)}:`;
  if (nameTexts.size < 1000) nameTexts.set(name, text);
  return text;
};
