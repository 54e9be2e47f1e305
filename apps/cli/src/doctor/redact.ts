import { homedir, hostname, userInfo } from "node:os";

const nameless = (find: () => string): string => {
  try {
    return find();
  } catch {
    return "";
  }
};

/** Words that say who somebody is, each with what is written in its place. */
const personal = (): ReadonlyArray<readonly [string, string]> =>
  [
    [nameless(homedir), "~"],
    [nameless(hostname), "<host>"],
    [nameless(() => userInfo().username), "<user>"]
  ].filter((pair): pair is [string, string] => (pair[0] ?? "").length > 2);

/**
 * A text without what should not be public: addresses of people and of servers of their own, ids, tokens, names of this
 * machine, of its user and folders.
 */
export const redact = (text: string): string => {
  const cleaned = text
    .replace(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu, "<e-mail>")
    .replace(
      /(https?:\/\/)(?!(?:127\.0\.0\.1|localhost|\[::1\]|[\w.-]+\.tidepool\.org)(?:[:/\s]|$))[^\s/,)"]+/gu,
      "$1<address>"
    )
    .replace(/\buser [\w-]+/gu, "user <id>")
    .replace(/[\w-]+\.[\w-]{8,}\.[\w-]{8,}/gu, "<token>")
    .replace(/\b(?=[\da-z]*\d)[\da-f]{10,}\b/giu, "<id>");
  return personal().reduce((all, [word, instead]) => all.replaceAll(word, instead), cleaned);
};
