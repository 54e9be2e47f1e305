/** `undefined` is not a value here: it says that the text is no literal. */
type Value = string | number | boolean | null | Array<Value> | { [key: string]: Value };

const token = /\s*(?:(?<mark>[[\](){},:])|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<word>[\w.+-]+))/suy;
const words: Readonly<Record<string, boolean | null>> = { True: true, False: false, None: null };
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

const unquote = (text: string): string =>
  text
    .slice(1, -1)
    .replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gisu, (_, byte?: string, unit?: string, character?: string) =>
      character === undefined
        ? String.fromCharCode(Number.parseInt((byte ?? unit)!, 16))
        : (escapes[character] ?? character)
    );

/**
 * Reads the way Python prints a dict or a list: an older exporter of Tidepool left `payload` and `suppressed` in that
 * form (`{'logIndices': [1955], 'manual': True}`). `undefined` where the text is something else.
 */
export const readPythonLiteral = (source: string): Value | undefined => {
  const tokens: Array<{ readonly mark?: string; readonly text?: string; readonly word?: string }> = [];
  const pattern = new RegExp(token);
  const trimmed = source.trimEnd();
  while (pattern.lastIndex < trimmed.length) {
    const match = pattern.exec(trimmed);
    if (!match?.groups) return undefined;
    tokens.push(match.groups);
  }
  let at = 0;

  const takeMark = (mark: string): boolean => {
    if (tokens[at]?.mark !== mark) return false;
    at++;
    return true;
  };

  const value = (): Value => {
    const { mark, text, word } = tokens[at++] ?? {};
    if (text !== undefined) return unquote(text);
    if (word !== undefined) {
      const known = words[word];
      const number = Number(word);
      if (known === undefined && !Number.isFinite(number)) throw new SyntaxError(word);
      return known === undefined ? number : known;
    }
    if (mark === "{") {
      const members: Array<[string, Value]> = [];
      while (!takeMark("}")) {
        const key = value();
        if (!takeMark(":")) throw new SyntaxError("no colon");
        members.push([String(key), value()]);
        if (!takeMark(",") && tokens[at]?.mark !== "}") throw new SyntaxError("no comma");
      }
      return Object.fromEntries(members);
    }
    if (mark !== "[" && mark !== "(") throw new SyntaxError("no value");
    const closing = mark === "[" ? "]" : ")";
    const items: Array<Value> = [];
    while (!takeMark(closing)) {
      items.push(value());
      if (!takeMark(",") && tokens[at]?.mark !== closing) throw new SyntaxError("no comma");
    }
    return items;
  };

  try {
    const read = value();
    return at === tokens.length ? read : undefined;
  } catch {
    return undefined;
  }
};
