/** A body, whole and in memory. */
export type Body = Uint8Array | string;

/**
 * Sends a request, with the body where one is given beside it; resolves once the answer begins. Rejects like `fetch`. Calls
 * `onMoved` for each part of the body that is out, where that can be seen.
 */
export type Send = (
  request: Request,
  body: Body | undefined,
  signal: AbortSignal,
  onMoved: () => void
) => Promise<Response>;

/** Sends by whatever `fetch` is at that moment. */
export const sendByFetch: Send = (request, body, signal) =>
  globalThis.fetch(request, { signal, ...(body === undefined ? {} : { body: body as BodyInit }) });
