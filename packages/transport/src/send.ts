/** A body, whole and in memory. */
export type Body = Uint8Array | string;

/** Sends a request, with the body where one is given beside it; resolves once the answer begins. Rejects like `fetch`. */
export type Send = (request: Request, body: Body | undefined, signal: AbortSignal) => Promise<Response>;

/** Sends by whatever `fetch` is at that moment. */
export const sendByFetch: Send = (request, body, signal) =>
  globalThis.fetch(request, { signal, ...(body === undefined ? {} : { body: body as BodyInit }) });
