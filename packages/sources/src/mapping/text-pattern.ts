const plain = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/[\s\u00A0\u202F]+/gu, " ")
    .trim()
    .toLowerCase();

/** Whether a text is as a pattern says: upper and lower case alike, spaces as one, `*` standing for any text. */
export const textPattern = (pattern: string): ((text: string) => boolean) => {
  const parts = plain(pattern).split("*");
  const [first = "", ...others] = parts;
  const last = others.pop();
  return (text) => {
    const candidate = plain(text);
    if (last === undefined) return candidate === first;
    if (!candidate.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = candidate.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return candidate.length - last.length >= at && candidate.endsWith(last);
  };
};
