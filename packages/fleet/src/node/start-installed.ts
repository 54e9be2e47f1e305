import { spawn } from "node:child_process";
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A real PostgreSQL in a process of its own, on data of its own. */
export interface InstalledPostgres {
  readonly url: string;
  /** What its processes have used of the processor, in seconds; undefined where that cannot be read. */
  cpu(): number | undefined;
  /** Ends it at once, as a crash would, and starts it again on the same data. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

const programs = () => [
  ...(process.env["PATH"] ?? "").split(delimiter),
  ...globSync("/usr/lib/postgresql/*/bin").sort().toReversed()
];

/** Where the programs of PostgreSQL are; undefined where it is not installed. */
export const findInstalled = (): string | undefined =>
  programs().find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));

/** PostgreSQL does not run as root: there it runs as the user that its package made, or as nobody. */
const unprivileged = async (): Promise<{ readonly uid?: number; readonly gid?: number }> => {
  if (process.getuid?.() !== 0) return {};
  const idOf = async (flag: string, user: string) => Number((await output("id", [flag, user])).trim());
  const user = await output("id", ["-u", "postgres"]).then(
    () => "postgres",
    () => "nobody"
  );
  return { uid: await idOf("-u", user), gid: await idOf("-g", user) };
};

const output = (program: string, args: ReadonlyArray<string>, options: object = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    let text = "";
    child.stdout?.on("data", (piece: Buffer) => (text += piece.toString()));
    child.stderr?.on("data", (piece: Buffer) => (text += piece.toString()));
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${program} ended with ${code}: ${text}`))
    );
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });

interface Usage {
  readonly parent: string;
  readonly pid: string;
  /** In ticks, of which there are 100 in a second: its own, and of the children that it waited for. */
  readonly own: number;
  readonly ended: number;
}

const usageOf = (file: string): Usage | undefined => {
  try {
    const [, pid = "", rest = ""] = /^(\d+) \(.*\) (.*)$/.exec(readFileSync(file, "utf8").trim()) ?? [];
    const fields = rest.split(" ");
    const at = (index: number) => Number(fields[index]);
    return { pid, parent: fields[1] ?? "", own: at(11) + at(12), ended: at(13) + at(14) };
  } catch {
    return undefined;
  }
};

/** Processor time of a process and of all that it ever started, in seconds, from Linux's `/proc`. */
const cpuOf = (pid: string): number => {
  const all = globSync("/proc/[0-9]*/stat").flatMap((file) => usageOf(file) ?? []);
  const mine = all.filter((usage) => usage.pid === pid || usage.parent === pid);
  return mine.reduce((sum, usage) => sum + usage.own + (usage.pid === pid ? usage.ended : 0), 0) / 100;
};

/** Starts an installed PostgreSQL on a folder of its own; undefined where none is installed. */
export const startInstalled = async (): Promise<InstalledPostgres | undefined> => {
  const bin = findInstalled();
  if (bin === undefined) return undefined;
  const identity = await unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "tideway-postgres-"));
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid);
  const options = { ...identity, cwd: folder };
  const data = join(folder, "data");
  const port = await freePort();
  await output(join(bin, "initdb"), ["-D", data, "-U", "postgres", "--auth=trust", "-N"], options);
  const control = (...args: ReadonlyArray<string>) =>
    output(join(bin, "pg_ctl"), ["-D", data, "-w", ...args], { ...options, stdio: "ignore" });
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=200`;
  const start = () => control("-l", join(folder, "log"), "-o", settings, "start");
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    cpu: () =>
      process.platform === "linux"
        ? cpuOf(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0] ?? "")
        : undefined,
    crash: async () => {
      await control("-m", "immediate", "stop");
      await start();
    },
    close: async () => {
      await control("-m", "immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    }
  };
};
