/** What ties an answer to a request in the platform's logs. */
export interface Trace {
  readonly request: string;
  readonly session?: string;
}

const longest = 64;

// A header's value is bytes, each told as one character: cutting characters cuts bytes.
const cut = (value: string): string => value.slice(0, longest);

/** Reads the trace headers, each cut to 64 bytes; a request trace is made up where none was sent. */
export function traceOf(headers: Headers, newId: () => string): Trace {
  const request = headers.get("x-tidepool-trace-request");
  const session = headers.get("x-tidepool-trace-session");
  return { request: request ? cut(request) : newId(), ...(session ? { session: cut(session) } : {}) };
}

/** The same headers on the answer. */
export function echoTrace(trace: Trace, headers: Headers): void {
  headers.set("x-tidepool-trace-request", trace.request);
  if (trace.session !== undefined) headers.set("x-tidepool-trace-session", trace.session);
}
