import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What a bundle tells a plugin of its files: the modules that went into each. */
interface Bundle {
  readonly [file: string]: { readonly type: string; readonly moduleIds?: ReadonlyArray<string> };
}

interface Emitter {
  emitFile(file: { type: "asset"; fileName: string; source: string }): string;
}

const packageFolder = (module: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replaceAll("\\", "/"))?.[0];

/** The licence of a package, as it came with it. Throws where there is none: then it may not be passed on. */
const licenceOf = (folder: string): string => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly [key: string]: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) throw new Error(`${name} in ${folder} comes without a licence.`);
  const text = file === undefined ? "" : `\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
  return `${name} ${version} (${license})${text}`;
};

/** Writes the licences of everything that went into the bundle beside it, as they want it. */
export const thirdPartyLicences = (fileName: string) => ({
  name: "third-party-licences",
  generateBundle(this: Emitter, _options: unknown, bundle: Bundle) {
    const modules = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
    const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== undefined));
    const licences = [...folders].map(licenceOf).sort();
    const source = `${licences.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
    this.emitFile({ type: "asset", fileName, source });
  }
});
