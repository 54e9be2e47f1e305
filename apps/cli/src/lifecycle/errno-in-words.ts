const words: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is a file and not a folder",
  EISDIR: "it is a folder",
  EACCES: "this program may not use it",
  EPERM: "this program may not use it",
  EROFS: "it is on a read-only disk",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file is larger than is allowed here",
  EPIPE: "whoever read it has stopped",
  EIO: "the device failed",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  ENXIO: "nothing is behind it"
};

/** What needs no code to be understood. */
const plain: ReadonlySet<string | undefined> = new Set(["ENOENT", "EISDIR"]);

/** Why the operating system did not do something with a file, in words and with its own code: `the disk is full (ENOSPC)`. */
export const errnoInWords = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  const said = code === undefined ? undefined : words[code];
  if (said === undefined) return message;
  return plain.has(code) ? said : `${said} (${code})`;
};
