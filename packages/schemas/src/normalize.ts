import type { Datum, StoredDatum } from "./datum.ts";
import type { Directory } from "./discriminate.ts";
import type { Members } from "./rule/rule.ts";
import { absent } from "./rule/rule.ts";
import { Walk } from "./rule/walk.ts";

export interface NormalizeOptions {
  /** Makes the id of a datum that has none: 32 of 0-9 and a-z. */
  readonly newId: () => string;
}

/** What the platform stores of a datum that was checked by its model: itself, then what it embeds. */
export const normalizeWith = (
  among: Directory,
  datum: Datum,
  options: NormalizeOptions
): ReadonlyArray<StoredDatum> => {
  const definition = among.find(datum as Members);
  if (definition === undefined) return [];
  const walk = new Walk();
  let stored: Record<string, unknown> = {};
  walk.run(() => {
    stored = definition.rule.store(datum, {}, walk) as Record<string, unknown>;
  });
  stored["id"] ??= options.newId();
  const { embeds } = definition;
  if (embeds === undefined || absent(stored[embeds])) return [stored as unknown as StoredDatum];
  const split = stored[embeds] as Record<string, unknown>;
  split["id"] ??= options.newId();
  // The platform stores an automated bolus and forgets which wizard it came of.
  if (split["type"] === "bolus" && split["subType"] === "automated") delete stored[embeds];
  else stored[embeds] = split["id"];
  return [stored, split] as unknown as ReadonlyArray<StoredDatum>;
};
