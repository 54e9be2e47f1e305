import type { InputFile } from "../../input-file.ts";
import type { ReadOptions } from "../../read-options.ts";
import { decodeInput } from "../../text/decode-input.ts";
import { ElementScanner } from "./element-scanner.ts";
import type { HealthItem } from "./health-element.ts";

/** The records and workouts of an `export.xml` that become datums, in pages. */
export const healthElements = async function* (
  file: InputFile,
  { encoding }: ReadOptions
): AsyncGenerator<ReadonlyArray<HealthItem>> {
  const { pieces } = await decodeInput(file.stream(), { encoding });
  const scanner = new ElementScanner(file.name);
  for await (const piece of pieces) {
    const items = scanner.push(piece);
    if (items.length > 0) yield items;
  }
  const items = scanner.end();
  if (items.length > 0) yield items;
};
