const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) && !("toJSON" in value && typeof value.toJSON === "function")
  );
};

/** The same with the members of every object in one order. Not by JSON's own replacer, which takes more than twice as long. */
const sorted = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  // A date, say.
  if (!isPlain(value)) return sorted(JSON.parse(JSON.stringify(value) ?? null));
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const member = sorted((value as Record<string, unknown>)[key]);
    if (key === "__proto__") Object.defineProperty(copy, key, { value: member, enumerable: true });
    else copy[key] = member;
  }
  return copy;
};

/** JSON text with the members of every object in one order: equal content gives equal text. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value));
