import { execFile } from "node:child_process";
import { lstat, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** How to start the Chromium that came with the packages. */
export interface BundledChromium {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

const packageEntry = import.meta.resolve("@sparticuz/chromium");

// The package unpacks into the temp folder of its process, straight to the final names: two processes at once would
// see each other's half-written files. So a child process unpacks into a folder of its own, which then gets its name.
const unpack = `
import chromium, { inflate } from ${JSON.stringify(packageEntry)};
await chromium.executablePath();
await inflate(${JSON.stringify(fileURLToPath(new URL("../bin/al2023.tar.br", packageEntry)))});
`;

// The package's own configuration looks in folders of other machines. Without any font, a page with a file input crashes.
const fontsConfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const isOurs = async (folder: string): Promise<boolean> => {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== userInfo().uid) {
    throw new Error(`${folder} belongs to someone else: remove it, or set TMPDIR to another folder.`);
  }
  return true;
};

const unpackInto = async (folder: string): Promise<void> => {
  const staging = await mkdtemp(`${folder}-`);
  try {
    const { NODE_OPTIONS: _, ...env } = process.env;
    await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", unpack], {
      env: { ...env, TMPDIR: staging }
    });
    await writeFile(join(staging, "fonts", "fonts.conf"), fontsConfig);
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another process may have been first: then its copy is there and serves as well.
    if (!(await isOurs(folder))) throw error;
  }
};

/**
 * The Chromium in `@sparticuz/chromium`, unpacked once into the temp folder (2 s, 210 MB), with the libraries and the
 * font it needs: it runs in a bare container. Undefined where there is no build for this machine.
 */
export const bundledChromium = async (): Promise<BundledChromium | undefined> => {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const manifest = await readFile(new URL("../package.json", packageEntry), "utf8");
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const folder = join(tmpdir(), `tideway-browser-${version}-${userInfo().uid}`);
  if (!(await isOurs(folder))) await unpackInto(folder);
  const libraries = join(folder, "al2023", "lib");
  const inherited = process.env["LD_LIBRARY_PATH"];
  return {
    executablePath: join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: inherited === undefined ? libraries : `${libraries}:${inherited}`,
      FONTCONFIG_PATH: join(folder, "fonts"),
      // Otherwise the list of fonts ends up in the home folder.
      XDG_CACHE_HOME: join(folder, "cache")
    }
  };
};
