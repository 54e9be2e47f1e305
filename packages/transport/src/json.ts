/** The value of a JSON text; undefined where it is none. The parser's own error is dropped: it quotes the text. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether a value is an object with this member. */
export const hasOwn = <Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key);
