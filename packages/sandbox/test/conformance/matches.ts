const made: Readonly<Record<string, RegExp>> = {
  "<id>": /^[0-9a-f]{32}$/,
  "<trace>": /^[0-9a-f]{32}$/,
  "<time>": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
};

/**
 * Says where a value differs from what was recorded, or nothing. `bound` remembers which id a numbered placeholder stands for.
 */
export function difference(expected: unknown, found: unknown, bound: Map<string, string>, at = ""): string | undefined {
  const differs = `${at || "/"}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  if (expected === "<any>") return undefined;
  if (typeof expected === "string") {
    const pattern = made[expected];
    if (pattern !== undefined) return typeof found === "string" && pattern.test(found) ? undefined : differs;
    if (/^<id:\d+>$/.test(expected)) {
      if (typeof found !== "string" || !/^[0-9a-f]{32}$/.test(found)) return differs;
      const before = bound.get(expected);
      bound.set(expected, found);
      return before === undefined || before === found ? undefined : differs;
    }
    return expected === found ? undefined : differs;
  }
  if (typeof expected === "number") return typeof found === "number" && expected === found ? undefined : differs;
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length) return differs;
    return expected.map((item, index) => difference(item, found[index], bound, `${at}/${index}`)).find(Boolean);
  }
  if (expected === null || typeof expected !== "object") return expected === found ? undefined : differs;
  if (found === null || typeof found !== "object" || Array.isArray(found)) return differs;
  const names = Object.keys(expected).sort();
  if (JSON.stringify(names) !== JSON.stringify(Object.keys(found).sort())) return differs;
  return names
    .map((name) => difference((expected as Members)[name], (found as Members)[name], bound, `${at}/${name}`))
    .find(Boolean);
}

/** As `difference`, the errors of a list in any order. */
export function differenceUnordered(expected: unknown, found: unknown): string | undefined {
  const sorted = (body: unknown) => {
    const { errors } = body as { readonly errors?: ReadonlyArray<Members> };
    const key = (error: Members) => JSON.stringify([error["source"], error["code"]]);
    return errors === undefined ? body : { errors: [...errors].sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
  };
  return difference(sorted(expected), sorted(found), new Map());
}

type Members = Readonly<Record<string, unknown>>;
