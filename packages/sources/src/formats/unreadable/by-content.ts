import type { FileStart } from "../../detect/file-start.ts";
import type { UnreadableFormat, Verdict } from "../../format.ts";

/** A kind of file that is known by its content, and what to give instead of it. */
interface Known {
  readonly id: string;
  readonly name: string;
  /** What speaks for it, or `undefined`. */
  readonly evidence: (start: FileStart) => string | undefined;
  /** It counts only where no other format is certain. Default: false. */
  readonly isLikely?: boolean;
  readonly instead: string;
}

/** A kind of file that cannot be read. */
export const unreadable = ({ id, name, evidence, isLikely = false, instead }: Known): UnreadableFormat => ({
  id,
  name,
  detect(start): Verdict | undefined {
    const found = evidence(start);
    return found === undefined ? undefined : { certainty: isLikely ? "likely" : "certain", evidence: [found] };
  },
  instead
});

/** Whether a file begins with these bytes, each written as a character. */
export const beginsWith = (text: string): ((start: FileStart) => boolean) => {
  const bytes = [...text].map((character) => character.charCodeAt(0));
  return (start) => bytes.every((byte, index) => start.bytes[index] === byte);
};

/** Whether an archive holds a file at that path. */
export const holds = ({ zip }: FileStart, path: string): boolean => zip?.some(({ name }) => name === path) ?? false;
