import { spawn } from "node:child_process";

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...ReadonlyArray<string>]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"]
};

/** Shows a page in the person's browser, where there is one; says nothing where there is not. */
export const openBrowser = (url: string): void => {
  const [command, ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  // The address has been printed as well: a machine without a browser is no failure.
  child.on("error", () => {});
  child.unref();
};
