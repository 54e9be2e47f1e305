import { SourceFailed } from "../contract/errors/client-error.ts";

/** What the codes of an operating system say. */
const meanings: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "it may not be read",
  EPERM: "it may not be read",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  EMFILE: "too many files are open",
  EIO: "the disk could not be read",
  ECONNREFUSED: "nobody answers at its address",
  ECONNRESET: "the connection was cut",
  ENOTFOUND: "its host was not found",
  ETIMEDOUT: "it took too long to answer"
};

/** Causes of causes that are looked at; a circle ends there. */
const deepest = 10;

const rootOf = (thrown: unknown): unknown => {
  let root = thrown;
  for (let depth = 0; depth < deepest && root instanceof Error && root.cause instanceof Error; depth++)
    root = root.cause;
  return root;
};

const codeOf = (thrown: unknown): unknown =>
  typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;

/** A word for programs and class names, not a text: that may quote what was read. */
const isWord = (value: unknown): value is string => typeof value === "string" && /^[A-Za-z][\w-]{0,39}$/u.test(value);

/** The root of what was thrown, in words that hold no value. */
const reasonOf = (thrown: unknown): string => {
  const root = rootOf(thrown);
  const code = codeOf(root) ?? codeOf(thrown);
  if (isWord(code)) return meanings[code] === undefined ? code : `${meanings[code]} (${code})`;
  const name = root instanceof Error ? root.name : typeof root;
  return isWord(name) ? name : "an error of its own";
};

/** What a source threw while it was read. */
export const sourceFailed = (cause: unknown): SourceFailed =>
  cause instanceof SourceFailed
    ? cause
    : new SourceFailed({
        // Not with its words: a source that parses may quote what it read.
        message: `The source failed while it was read: ${reasonOf(cause)}. More is in the cause.`,
        cause
      });
