// `pnpm --filter @tideway/schemas generate`: writes what follows from the schemas. A test fails while it is not up to date.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileNameOf, publishedSchemas } from "./json-schemas.ts";
import { referenceWith } from "./reference.ts";

const folder = new URL("../json-schema/", import.meta.url);
for (const file of readdirSync(folder)) rmSync(new URL(file, folder));
for (const [kind, schema] of publishedSchemas()) {
  writeFileSync(new URL(`${fileNameOf(kind)}.json`, folder), `${JSON.stringify(schema, null, 2)}\n`);
}

const reference = new URL("../REFERENCE.md", import.meta.url);
writeFileSync(reference, referenceWith(readFileSync(reference, "utf8")));
process.stdout.write("Written. Now run `pnpm format`.\n");
