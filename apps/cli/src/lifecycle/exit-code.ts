/** What the exit code of `tideway` says. The words also stand in its README. */
export const exitCode = {
  success: 0,
  failure: 1,
  /** The command line was wrong: nothing was tried. */
  usage: 2,
  /** Some of the input was refused or unreadable, or differs; the rest is in Tidepool. */
  partial: 3,
  login: 4,
  /** The network or the server failed: the same command may succeed later. */
  temporary: 5,
  /** The input is not there or is not what Tideway reads. */
  input: 6,
  /** By Ctrl-C. */
  interrupted: 130,
  /** By SIGTERM. */
  terminated: 143
} as const;

/** One of {@link exitCode}. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
