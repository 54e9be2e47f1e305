import { canonical } from "../../prepare/canonical.ts";

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const escape = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** JSON pointers of the members in which two objects differ, the deepest that can be named. */
export const differingMembers = (a: Members, b: Members, under = ""): ReadonlyArray<string> =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().flatMap((key) => {
    const [x, y] = [a[key], b[key]];
    const pointer = `${under}/${escape(key)}`;
    if (isMembers(x) && isMembers(y)) return differingMembers(x, y, pointer);
    return canonical(x ?? null) === canonical(y ?? null) ? [] : [pointer];
  });
