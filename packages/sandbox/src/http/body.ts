/** A body grew beyond the sandbox's own limit. */
export class BodyTooLarge extends Error {
  readonly _tag = "BodyTooLarge";
  readonly limit: number;
  constructor(limit: number) {
    super(
      `The body is larger than the sandbox's limit of ${limit} bytes. Send less, or raise the option maxBodyBytes.`
    );
    this.limit = limit;
  }
}

const nothing = new Uint8Array(0);

/** The whole body; rejects with BodyTooLarge as soon as it is longer than the limit. */
export const readBody = async (request: Request, limit: number): Promise<Uint8Array> => {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new BodyTooLarge(limit);
  if (request.body === null) return nothing;
  const pieces: Array<Uint8Array> = [];
  let length = 0;
  const reader = request.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.byteLength;
    if (length > limit) {
      await reader.cancel().catch(() => undefined);
      throw new BodyTooLarge(limit);
    }
    pieces.push(next.value);
  }
  if (pieces.length === 1) return pieces[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
};
