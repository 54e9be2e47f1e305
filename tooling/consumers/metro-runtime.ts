import { createRequire } from "node:module";
import { dirname } from "node:path";

const manifest = createRequire(createRequire(import.meta.url).resolve("metro")).resolve("metro-runtime/package.json");
const { version } = createRequire(import.meta.url)(manifest) as { readonly version: string };

/** What Metro puts into every bundle, of its own version: where it is here, and how npm calls it. */
export const metroRuntime = { folder: dirname(manifest), specifier: `metro-runtime@${version}` } as const;
