import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a program weighs in a browser. */
export interface Weight {
  /** Bytes, minified. */
  readonly minified: number;
  /** Bytes, minified and gzipped at level 9. */
  readonly gzipped: number;
  /** Minified bytes by package, the heaviest first. */
  readonly parts: ReadonlyArray<readonly [name: string, bytes: number]>;
}

/** Bundles a piece of a program as a web app's build does, and weighs it. It may import any package of the workspace. */
export const measure = async (program: string): Promise<Weight> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL("..", import.meta.url)), loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2024",
    logLevel: "silent"
  });
  const [file] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  if (file === undefined || output === undefined) throw new Error("esbuild made no bundle.");
  const parts = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = partOf(path);
    parts.set(name, (parts.get(name) ?? 0) + bytesInOutput);
  }
  return {
    minified: file.contents.byteLength,
    gzipped: gzipSync(file.contents, { level: 9 }).byteLength,
    parts: [...parts].sort(([, one], [, other]) => other - one)
  };
};

const partOf = (path: string) =>
  /node_modules\/(?!.*node_modules\/)((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
  /packages\/([^/]+)/.exec(path)?.[1] ??
  "program";
