/** A body was longer than a Tidepool's answer of this kind can be. */
export class BodyTooLong extends Error {
  override readonly name = "BodyTooLong";
}

/**
 * Reads a whole body as text, and gives up beyond so many bytes, or when the signal fires: rejects with its reason. Invalid
 * UTF-8 becomes U+FFFD.
 */
export const readBounded = async (response: Response, limit: number, signal: AbortSignal): Promise<string> => {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  // A `fetch` of somebody else's may not bind the body to the signal.
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await readAll(reader, limit, signal);
  } finally {
    signal.removeEventListener("abort", stop);
  }
};

const readAll = async (reader: ReadableStreamDefaultReader<Uint8Array>, limit: number, signal: AbortSignal) => {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (signal.aborted) throw signal.reason;
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > limit) {
      // Not waited for: a server that never stops sending may never confirm either.
      reader.cancel().catch(() => {});
      throw new BodyTooLong(`The answer is longer than ${limit} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
};
