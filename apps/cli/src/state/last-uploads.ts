import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { stateFolder } from "./folders.ts";
import { replaceFile } from "./replace-file.ts";

/** What became of the latest upload of an app to a server. */
export interface LastUpload {
  /** `running` of one that has not ended, or was killed. */
  readonly state: "running" | "done" | "stopped";
  /** When it began, RFC 3339. */
  readonly begun: string;
  /** When it ended. */
  readonly ended?: string;
  /** What was uploaded, in words. */
  readonly input: string;
  readonly sessionId?: string;
  readonly sent?: number;
  readonly unchanged?: number;
  readonly rejected?: number;
  /** Read, and not known to be there: to be sent when the same command is run again. */
  readonly pending?: number;
}

const pathOf = () => join(stateFolder(), "last-uploads.json");

const keyOf = (server: string, app: string) => `${server} ${app}`;

const readAll = async (): Promise<{ readonly [key: string]: LastUpload }> => {
  try {
    const value: unknown = JSON.parse(await readFile(pathOf(), "utf8"));
    return typeof value === "object" && value !== null ? (value as { readonly [key: string]: LastUpload }) : {};
  } catch {
    // Not there yet, or damaged: it tells people how things stand and nothing depends on it.
    return {};
  }
};

/** The latest upload of an app to a server from this machine, if there was one. */
export const readLastUpload = async (server: string, app: string): Promise<LastUpload | undefined> =>
  (await readAll())[keyOf(server, app)];

/** Writes down what became of an upload. Never fails: the upload is what matters. */
export const writeLastUpload = async (server: string, app: string, upload: LastUpload): Promise<void> => {
  try {
    const all = { ...(await readAll()), [keyOf(server, app)]: upload };
    await replaceFile(pathOf(), `${JSON.stringify(all, undefined, 2)}\n`);
  } catch {
    // A folder that cannot be written is told by what needs it.
  }
};
