/** The lines that a header of this name came in, in order: a name in small letters, no line where there is none. */
export type HeaderLines = (name: string) => ReadonlyArray<string>;

/**
 * Reads headers line by line. `rawHeaders` has them as a server saw them: name, value, name, value, …; without it only what the
 * `Headers` joined can be told, and a comma with a space counts as the end of a line.
 */
export const headerLines = (headers: Headers, rawHeaders?: ReadonlyArray<string>): HeaderLines => {
  if (rawHeaders === undefined) return (name) => headers.get(name)?.split(", ") ?? [];
  const lines = new Map<string, Array<string>>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase();
    const known = lines.get(name) ?? [];
    known.push(rawHeaders[at + 1] as string);
    lines.set(name, known);
  }
  return (name) => lines.get(name) ?? [];
};
