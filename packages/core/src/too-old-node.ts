/** The oldest Node that has everything that is used here. */
const oldest = [22, 19] as const;

/**
 * Throws an Error where this is a Node that is too old: its own message would name something that it lacks. Anything else that
 * runs JavaScript, a browser for one, has no such version and is let through.
 */
export const requireNode = (version: string | undefined): void => {
  if (version === undefined) return;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new Error(
    `Tideway needs Node ${oldest.join(".")} or newer, and this is Node ${version}. Install a newer one: https://nodejs.org`
  );
};
