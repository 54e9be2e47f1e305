import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import {
  createMemoryStore,
  createSandbox,
  demoUser,
  FaultUnreadable,
  parseFaults,
  type Fault,
  type SandboxOptions,
  type Store
} from "@tideway/sandbox";
import { createSqliteStore, listen, type Listening } from "@tideway/sandbox/node";
import { isBlockedPort } from "@tideway/transport";
import { makePrivateFolder } from "@tideway/transport/node";
import type { SandboxOptions as Options } from "../commands/sandbox.ts";
import { openInput } from "../input/input-file.ts";
import { CommandError, usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import type { CommandContext, Outcome } from "../lifecycle/run-command.ts";
import { dataFolder } from "../state/folders.ts";

const openStore = async ({ data, memory }: Options): Promise<{ readonly store: Store; readonly place: string }> => {
  if (memory && data !== undefined) throw usageError("Give --data or --memory, not both.");
  if (memory) return { store: createMemoryStore(), place: "this program's memory: gone when it stops" };
  const folder = data ?? join(dataFolder(), "sandbox");
  try {
    await makePrivateFolder(folder);
    return { store: createSqliteStore({ path: join(folder, "sandbox.sqlite") }), place: folder };
  } catch (error) {
    throw new CommandError(
      exitCode.failure,
      `The sandbox cannot keep its data in ${folder}. ${(error as Error).message} Name another place with --data DIR or XDG_DATA_HOME, or keep nothing: --memory.`,
      { cause: error }
    );
  }
};

const readFaults = (text: string): ReadonlyArray<Fault> => {
  try {
    return parseFaults(text);
  } catch (error) {
    throw error instanceof FaultUnreadable ? usageError(error.message) : error;
  }
};

const readUsers = async (path: string, signal: AbortSignal): Promise<NonNullable<SandboxOptions["users"]>> => {
  const input = await openInput([path], signal);
  const text = await textOf(input.stream());
  const wrong = new CommandError(
    exitCode.input,
    `${input.name} holds no users: a JSON array of objects is expected, such as [{"email":"a@example.org","password":"secret"}].`
  );
  let users: unknown;
  try {
    users = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (!Array.isArray(users) || !users.every((user) => typeof user === "object" && user !== null)) throw wrong;
  return users as NonNullable<SandboxOptions["users"]>;
};

/** Whether others than this machine get in. */
const isOpen = (host: string): boolean => !/^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/u.test(host);

/** The addresses by which other machines reach it. */
const addressesOf = (url: string): ReadonlyArray<string> => {
  const { hostname: name, port } = new URL(url);
  if (name !== "0.0.0.0" && name !== "[::]") return [url];
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const reached = all.filter(({ internal, family }) => !internal && family === "IPv4");
  return reached.map(({ address }) => `http://${address}:${port}`);
};

const openWarning = (url: string): ReadonlyArray<string> => [
  "Anyone who reaches this machine over the network can read and write what this sandbox holds: no real data belongs in it.",
  ...addressesOf(url).map((address) => `  ${address}`),
  "Tideway on another machine needs --allow-insecure for these addresses.",
  ""
];

const start = async (options: Options, store: Store, settings: SandboxOptions): Promise<Listening> => {
  try {
    const { host = "127.0.0.1", names, port } = options;
    return await listen(createSandbox({ ...settings, store }), {
      port,
      host,
      hosts: isOpen(host) ? [...names, hostname(), "host.docker.internal"] : names
    });
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["EADDRNOTAVAIL", "ENOTFOUND", "EINVAL"].includes(code)) {
      throw usageError(`--host ${options.host} is no address of this machine. 0.0.0.0 stands for all of them.`);
    }
    if (code !== "EADDRINUSE") throw error;
    throw new CommandError(
      exitCode.failure,
      `Port ${options.port} is taken, perhaps by another sandbox. Stop that one, or choose another with --port (0 takes a free one).`
    );
  }
};

const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

const settingsOf = async (
  { users, faults, faultSeed, admin }: Options,
  signal: AbortSignal
): Promise<SandboxOptions> => ({
  admin,
  ...(users === undefined ? {} : { users: await readUsers(users, signal) }),
  ...(faults === undefined ? {} : { faults: readFaults(faults) }),
  ...(faultSeed === undefined ? {} : { faultSeed })
});

/** Runs a local Tidepool until it is stopped. */
export const sandbox = async (options: Options, { output, signal }: CommandContext): Promise<Outcome> => {
  if (options.port < 0 || options.port > 65_535) throw usageError("--port has to be 0 to 65535.");
  if (options.port !== 0 && isBlockedPort(options.port)) {
    throw usageError(
      `--port ${options.port} belongs to another protocol: browsers and programs refuse it. Choose another, such as 8009.`
    );
  }
  const settings = await settingsOf(options, signal);
  const { store, place } = await openStore(options);
  const { url: listening, close } = await start(options, store, settings);
  // What listens everywhere is called by this machine's own address from here.
  const url = listening.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
  // At once, not at the end: whoever started this waits for the address.
  output.event({ type: "listening", url, data: place });
  output.value(url);
  if (options.host !== undefined && isOpen(options.host)) output.warn(...openWarning(listening));
  const who =
    options.users === undefined
      ? `Log in as ${demoUser.email} with the password ${demoUser.password}.`
      : `Its users are those of ${options.users}.`;
  output.say(
    `A local Tidepool listens at ${url}; a page there shows what it holds. Its data: ${place}.`,
    "",
    `${who} Point a client at it by its base URL, or Tideway itself:`,
    "",
    `  export TIDEWAY_API=${url}`,
    "  tideway upload FILE",
    "",
    "Ctrl-C stops it."
  );
  await untilStopped(signal);
  await close();
  store.close();
  return { result: { url } };
};
