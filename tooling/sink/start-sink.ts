import { spawn } from "node:child_process";
import { join } from "node:path";

/** Starts a Tidepool that takes everything and keeps nothing, in a process of its own, each request after that many milliseconds. */
export const startSink = async (latency = 0) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), String(latency)], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  return { url, stop: () => child.kill() };
};
