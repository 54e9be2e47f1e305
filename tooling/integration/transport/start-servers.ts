import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The platform and the issuer of the transport's tests, in a process of their own. */
export interface Servers extends AsyncDisposable {
  readonly urls: { readonly platform: string; readonly provider: string };
}

/** Starts both. */
export const startServers = async (): Promise<Servers> => {
  const child = fork(fileURLToPath(new URL("../../../packages/transport/test/platform/serve.ts", import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  });
  const urls = await new Promise<Servers["urls"]>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Servers["urls"]));
    child.once("exit", (code) => reject(new Error(`The servers ended with ${code}.`)));
  });
  return {
    urls,
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
    }
  };
};
