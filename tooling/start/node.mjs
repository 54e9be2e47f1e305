// Runs before anything is installed, on Node 18 or newer: only what Node itself brings may be used here.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The oldest Node that every library here runs on. */
const oldest = [22, 19];

const isOldEnough = () => {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
};

const npx = process.platform === "win32" ? "npx.cmd" : "npx";

/** Runs a command with the terminal handed through; the exit code, 1 where a signal ended it. */
export const run = (command, args, options = {}) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
};

/** What is remembered from one command to the next, so that the next one need not find it out again. */
const remembered = (name) => join(root, "node_modules", ".cache", "tideway", name);

const recall = (name) => {
  try {
    return readFileSync(remembered(name), "utf8");
  } catch {
    return undefined;
  }
};

const remember = (name, text) => {
  try {
    mkdirSync(dirname(remembered(name)), { recursive: true });
    writeFileSync(remembered(name), text);
  } catch {
    // A read-only clone: then it is found out again.
  }
};

/** An environment in which `node` is this one, as npx makes it: turbo, the linter and many others are found by that name. */
export const environmentOf = (node, env) => {
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [name]: [dirname(node), env[name]].filter(Boolean).join(delimiter) };
};

/**
 * Starts this same command again under a Node that is new enough, where this one is not.
 * Under an old Node, npm silently installs old majors of our libraries.
 */
export const ensureNode = () => {
  if (isOldEnough()) {
    if (process.env.TIDEWAY_NODE_RETRIED) remember("node", process.execPath);
    return;
  }
  if (process.env.TIDEWAY_NODE_RETRIED) {
    console.error(`Node ${oldest.join(".")} or newer is needed; npx brought ${process.versions.node}.`);
    process.exit(1);
  }
  const env = { ...process.env, TIDEWAY_NODE_RETRIED: "1" };
  const found = recall("node");
  // The one that npx brought the last time, without npx, and without a word.
  if (found !== undefined && existsSync(found)) {
    process.exit(run(found, process.argv.slice(1), { env: environmentOf(found, env), shell: false }));
  }
  console.error(
    `Node ${process.versions.node} is too old for this project: starting again under Node 24 (through npx).`
  );
  process.exit(run(npx, ["-y", "-p", "node@24", "node", ...process.argv.slice(1)], { env }));
};

const pnpmVersion = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager.split("@")[1];

/** Runs a command with this repository's pnpm in PATH, as turbo wants it, and nothing installed by hand. */
export const runWithPnpm = (command, args, options = {}) => {
  // An npx inside an npx would take the outer one's package for its own.
  const { npm_config_package: _, ...env } = options.env ?? process.env;
  return run(npx, ["-y", "-p", `pnpm@${pnpmVersion}`, command, ...args], { ...options, env });
};

/** What was installed, in brief: the lock file and the Node that it was installed for. */
const installed = () =>
  createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .update(readFileSync(join(root, "pnpm-workspace.yaml")))
    .update(process.versions.node)
    .digest("hex");

/** Brings node_modules in line with the lock file; done at once where that has not changed since. */
export const install = () => {
  const fresh = !existsSync(join(root, "node_modules", ".modules.yaml"));
  if (!fresh && recall("installed") === installed()) return;
  if (fresh) console.error("Installing what the lock file names. The first time takes a minute.");
  const args = ["install", "--frozen-lockfile", "--prefer-offline", ...(fresh ? [] : ["--silent"])];
  const code = runWithPnpm("pnpm", args, { env: { ...process.env, CI: "true" }, stdio: ["ignore", 2, 2] });
  if (code !== 0) {
    console.error("The install failed: see above. Is the npm registry reachable?");
    process.exit(code);
  }
  remember("installed", installed());
};
