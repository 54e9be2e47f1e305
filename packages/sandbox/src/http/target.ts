/** What a request asks for, as its first line has it. */
export interface Target {
  /** Escaped, and neither decoded nor tidied: `/v1/./time` is another path than `/v1/time`. */
  readonly path: string;
  /** The text after `?`. */
  readonly query: string;
}

const absoluteForm = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?]*/;
const badEscape = /%(?![0-9A-Fa-f]{2})/;
/** Characters that Go's `net/url` leaves as they are in a path that came escaped. */
const leftAlone = /^[A-Za-z0-9\-._~!$&'()*+,;=:@[\]%/]*$/;
/** Those that it writes as they are where it escapes a path itself. */
const unescaped = /^[A-Za-z0-9\-._~$&+,/:;=@]$/;

/** Takes the target of a request apart as Go's server does; undefined where that answers 400 and looks no further. */
export const readTarget = (target: string): Target | undefined => {
  const relative = target.replace(absoluteForm, "");
  const mark = relative.indexOf("?");
  const path = mark < 0 ? relative : relative.slice(0, mark);
  const isAbsolute = relative !== target;
  if ((!path.startsWith("/") && !(path === "" && isAbsolute)) || badEscape.test(path)) return undefined;
  return { path: escapedPath(path) || "/", query: mark < 0 ? "" : relative.slice(mark + 1) };
};

/** A path with one character that may not stand in it (`#`, `"`, bytes beyond ASCII) is escaped anew as a whole. */
const escapedPath = (path: string): string => {
  if (leftAlone.test(path)) return path;
  return path.replaceAll(/%[0-9A-Fa-f]{2}|./gsu, (part) => {
    const isEscape = part.length === 3 && part.startsWith("%");
    const char = isEscape ? String.fromCharCode(Number.parseInt(part.slice(1), 16)) : part;
    if (unescaped.test(char)) return char;
    // A server tells bytes beyond ASCII as one character each.
    return `%${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
};
