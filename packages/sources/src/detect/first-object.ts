/** Where the object that begins there ends, or -1: brackets inside texts do not count. */
const endOfObject = (text: string, from: number): number => {
  let depth = 0;
  let inText = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (inText) {
      if (character === "\\") at++;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at + 1;
  }
  return -1;
};

/** The first object of a JSON array, of JSON lines or of the text itself; `undefined` where it is no JSON, or cut off. */
export const firstObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  const [lead = ""] = /^\s*\[?\s*/u.exec(text) ?? [];
  if (text[lead.length] !== "{") return undefined;
  const end = endOfObject(text, lead.length);
  if (end < 0) return undefined;
  try {
    return JSON.parse(text.slice(lead.length, end)) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
};
