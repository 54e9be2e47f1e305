import { FileStart, formats } from "@tideway/sources";

/** A stream that was looked at, with what was read of it for that put back. */
export interface Peeked {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Whether these are datums as JSON, which are read as they come: everything else has to be there as a whole. */
  readonly isDatums: boolean;
}

/** How much is looked at. */
const enough = 65_536;
const newline = 0x0a;

const claims = (start: FileStart) =>
  formats.flatMap((format) => {
    const verdict = format.detect(start);
    return verdict === undefined ? [] : [{ id: format.id, isCertain: verdict.certainty === "certain" }];
  });

/** Whether the start is that of datums as JSON; undefined where more of it may tell. */
const isStartOfDatums = (start: FileStart, isEnough: boolean): boolean | undefined => {
  const all = claims(start);
  const certain = all.filter(({ isCertain }) => isCertain);
  if (certain.length > 0) return certain.every(({ id }) => id === "tidepool");
  return isEnough ? all.length === 1 && all[0]!.id === "tidepool" : undefined;
};

/** Looks at the start of a stream: no further than it takes, since the next line of a log may come much later. */
export const peek = async (stream: AsyncIterable<Uint8Array>, encoding: string | undefined): Promise<Peeked> => {
  const pieces = stream[Symbol.asyncIterator]();
  const seen: Array<Uint8Array> = [];
  let isDatums: boolean | undefined;
  while (isDatums === undefined) {
    const { value, done = false } = await pieces.next();
    if (!done) seen.push(value as Uint8Array);
    const head = Buffer.concat(seen);
    const isEnough = done || head.length >= enough;
    if (isEnough || head.includes(newline)) {
      isDatums = isStartOfDatums(new FileStart(head, done, { encoding }), isEnough);
    }
  }
  const bytes = async function* () {
    try {
      yield* seen.splice(0);
      for (let step = await pieces.next(); !step.done; step = await pieces.next()) yield step.value;
    } finally {
      await pieces.return?.();
    }
  };
  return { bytes: bytes(), isDatums };
};
