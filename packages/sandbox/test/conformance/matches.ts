const made: Readonly<Record<string, RegExp>> = {
  "<id>": /^[0-9a-f]{32}$/,
  "<trace>": /^[0-9a-f]{32}$/,
  "<time>": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/
};

type Members = Readonly<Record<string, unknown>>;

/** Which id each numbered placeholder stands for. One placeholder is one id, and one id is one placeholder. */
interface Bound {
  readonly ids: Map<string, string>;
  readonly placeholders: Map<string, string>;
}

/** Says where a value differs from what was recorded, or nothing. */
export const difference = (expected: unknown, found: unknown, at = ""): string | undefined =>
  compare(expected, found, { ids: new Map(), placeholders: new Map() }, at);

const compare = (expected: unknown, found: unknown, bound: Bound, at: string): string | undefined => {
  const differs = `${at || "/"}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  if (expected === "<any>") return found === undefined ? differs : undefined;
  if (typeof expected === "string") return isText(expected, found, bound) ? undefined : differs;
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length) return differs;
    return expected.map((item, index) => compare(item, found[index], bound, `${at}/${index}`)).find(Boolean);
  }
  // Numbers by value: -0 is 0.
  if (expected === null || typeof expected !== "object") return expected === found ? undefined : differs;
  if (found === null || typeof found !== "object" || Array.isArray(found)) return differs;
  const names = Object.keys(expected).sort();
  if (JSON.stringify(names) !== JSON.stringify(Object.keys(found).sort())) return differs;
  return names
    .map((name) => compare((expected as Members)[name], (found as Members)[name], bound, `${at}/${name}`))
    .find(Boolean);
};

const isText = (expected: string, found: unknown, { ids, placeholders }: Bound): boolean => {
  const pattern = made[expected];
  if (pattern !== undefined) return typeof found === "string" && pattern.test(found);
  if (!/^<id:\d+>$/.test(expected)) return expected === found;
  if (typeof found !== "string" || !/^[0-9a-f]{32}$/.test(found)) return false;
  const [id, placeholder] = [ids.get(expected) ?? found, placeholders.get(found) ?? expected];
  ids.set(expected, id);
  placeholders.set(found, placeholder);
  return id === found && placeholder === expected;
};

/** As `difference`, the errors of a list in any order; everything else of the body as it stands. */
export const differenceUnordered = (expected: unknown, found: unknown): string | undefined => {
  const sorted = (body: unknown) => {
    const { errors } = (body ?? {}) as { readonly errors?: ReadonlyArray<Members> };
    const key = (error: Members) => JSON.stringify([error["source"], error["code"]]);
    return errors === undefined
      ? body
      : { ...(body as Members), errors: errors.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) };
  };
  return difference(sorted(expected), sorted(found));
};
