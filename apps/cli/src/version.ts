import manifest from "../package.json" with { type: "json" };

/** This program's version. */
export const { version } = manifest;

/** What `--version` prints. */
export const versionLine = `tideway ${version}`;

/** What this program calls itself: to servers, and as the name of its sessions. */
export const appName = "org.tideway.cli";
