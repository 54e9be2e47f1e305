/** A body was longer than a Tidepool's answer of this kind can be. */
export class BodyTooLong extends Error {
  override readonly name = "BodyTooLong";
}

/** Reads a whole body as text, and gives up beyond so many bytes. Invalid UTF-8 becomes U+FFFD. */
export async function readBounded(response: Response, limit: number): Promise<string> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > limit) {
      // Not waited for: a server that never stops sending may never confirm either.
      reader.cancel().catch(() => {});
      throw new BodyTooLong(`The answer is longer than ${limit} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
