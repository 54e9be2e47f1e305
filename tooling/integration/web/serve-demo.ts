import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onceInRun } from "../../once/once-in-run.ts";

/** The demo as `npm run web` starts it; disposing of it stops it. */
export interface ServedDemo extends AsyncDisposable {
  readonly url: string;
}

const app = fileURLToPath(new URL("../../../apps/web", import.meta.url));

/** Builds the demo, once in a run of the tests: a page must not lose its files to the next build. */
export const buildDemo = (): Promise<string> =>
  onceInRun("web", async (into) => {
    const vite = fileURLToPath(new URL("node_modules/vite/bin/vite.js", `file://${app}/`));
    const args = [vite, "build", "--outDir", into, "--emptyOutDir", "--logLevel", "warn"];
    await promisify(execFile)(process.execPath, args, { cwd: app, env: { ...process.env, NODE_ENV: "production" } });
  });

/** Starts the program behind `npm run web` at a free port, and waits for the address that it prints. */
export const serveDemo = async (): Promise<ServedDemo> => {
  const program = fileURLToPath(new URL("../../start/web.ts", import.meta.url));
  const child = spawn(process.execPath, [program, "--port", "0", "--built", await buildDemo()], {
    stdio: ["ignore", "pipe", "pipe"]
  });
  const ended = once(child, "exit");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", () => {
      const [address] = /http:\/\/\S+/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once("exit", (code) => reject(new Error(`\`npm run web\` ended with ${code}: ${said}`)));
  });
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    }
  };
};
