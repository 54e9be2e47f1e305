import { gzipSync } from "node:zlib";
import { build } from "esbuild";
const program = `
      import { createClientOf } from "@tideway/core";
      import { modelOf } from "@tideway/schemas";
      import { cbg } from "@tideway/schemas/kinds/cbg";
      import { createTransport, passwordLogin } from "@tideway/transport";
      export const start = (email, password, userId) =>
        createClientOf(modelOf([cbg]), {
          transport: createTransport({ environment: "production", credentials: passwordLogin({ email, password }) }),
          userId,
          client: { name: "org.example.app", version: "1.0.0" }
        });`;
const { outputFiles, metafile } = await build({
  stdin: { contents: program, resolveDir: process.cwd(), loader: "ts" },
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "esm",
  platform: "browser",
  target: "es2024"
});
console.log(gzipSync(outputFiles[0].contents, { level: 9 }).length, outputFiles[0].contents.length);
for (const [p, { bytesInOutput: b }] of Object.entries(Object.values(metafile.outputs)[0].inputs)
  .sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)
  .slice(0, 70))
  console.log(b, p.replace(/.*node_modules\//, "nm:"));
import { writeFileSync } from "node:fs";
writeFileSync("/tmp/b/face.js", outputFiles[0].contents);
