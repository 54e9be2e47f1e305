import type { HeaderLines } from "./header-lines.ts";

/** What ties an answer to a request in the platform's logs. */
export interface Trace {
  readonly request: string;
  readonly session?: string;
}

const longest = 64;

/** The first line of a header; an empty one counts as none. A value is bytes, each told as one character: cutting those cuts bytes. */
const firstOf = (lines: ReadonlyArray<string>): string | undefined => lines[0]?.slice(0, longest) || undefined;

/** Reads the trace headers, of each the first line, cut to 64 bytes; a request trace is made up where none was sent. */
export const traceOf = (lines: HeaderLines, newId: () => string): Trace => {
  const session = firstOf(lines("x-tidepool-trace-session"));
  return {
    request: firstOf(lines("x-tidepool-trace-request")) ?? newId(),
    ...(session === undefined ? {} : { session })
  };
};

/** The same headers on the answer. */
export const echoTrace = (trace: Trace, headers: Headers): void => {
  headers.set("x-tidepool-trace-request", trace.request);
  if (trace.session !== undefined) headers.set("x-tidepool-trace-session", trace.session);
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The same in a body, where the bytes are UTF-8; each byte that is not becomes U+FFFD, as Go's JSON has it. */
export const traceInBody = ({ request, session }: Trace): Trace => ({
  request: textOf(request),
  ...(session === undefined ? {} : { session: textOf(session) })
});

const textOf = (value: string): string => {
  const bytes = Uint8Array.from(value, (char) => char.charCodeAt(0));
  if (bytes.every((byte) => byte < 0x80)) return value;
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const size = [1, 2, 3, 4].find((length) => isCharacter(bytes.subarray(at, at + length)));
    text += size === undefined ? "\u{FFFD}" : utf8.decode(bytes.subarray(at, at + size));
    at += size ?? 1;
  }
  return text;
};

const isCharacter = (bytes: Uint8Array): boolean => {
  try {
    return utf8.decode(bytes) !== "";
  } catch {
    return false;
  }
};
