/**
 * Bytes of a value as Go's `encoding/json` writes it; counting stops once it is past `limit`.
 *
 * Go escapes `<`, `>`, `&`, U+2028 and U+2029 for the sake of HTML, six bytes each, and writes lone surrogates as
 * U+FFFD. `counted` decides about the members of the outermost object.
 */
export const jsonSize = (value: unknown, limit: number, counted: (key: string) => boolean = () => true): number => {
  if (value === null || value === undefined) return 4;
  if (typeof value === "string") return textSize(value, limit);
  if (typeof value === "number") return Object.is(value, -0) ? 2 : Number.isFinite(value) ? String(value).length : 4;
  if (typeof value === "boolean") return value ? 4 : 5;
  if (typeof value !== "object") return 4;
  let size = 1;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (size > limit) return size;
      size += jsonSize(item, limit - size) + 1;
    }
    return value.length === 0 ? 2 : size;
  }
  const members = value as { readonly [key: string]: unknown };
  for (const key of Object.keys(members)) {
    if (size > limit) return size;
    if (!counted(key) || members[key] === undefined) continue;
    size += textSize(key, limit) + 2;
    size += jsonSize(members[key], limit - size);
  }
  return size === 1 ? 2 : size;
};

/** Bytes that are surely enough for the value: quick to reckon, and mostly enough to know. Stops past `limit`. */
export const jsonSizeAtMost = (value: unknown, limit: number): number => {
  if (typeof value === "string") return 6 * value.length + 2;
  if (typeof value !== "object" || value === null) return 25;
  let size = 2;
  if (size > limit) return size;
  if (Array.isArray(value)) {
    for (const item of value) {
      size += jsonSizeAtMost(item, limit - size) + 1;
      if (size > limit) return size;
    }
    return size;
  }
  const members = value as { readonly [key: string]: unknown };
  for (const key in members) {
    size += 6 * key.length + 4;
    size += jsonSizeAtMost(members[key], limit - size);
    if (size > limit) return size;
  }
  return size;
};

const textSize = (text: string, limit: number): number => {
  let size = 2;
  for (let index = 0; index < text.length && size <= limit; index++) {
    const point = text.codePointAt(index) ?? 0;
    if (point > 0xffff) index++;
    size += pointSize(point);
  }
  return size;
};

const pointSize = (point: number): number => {
  if (point === 0x22 || point === 0x5c) return 2;
  if (point < 0x20)
    return point === 0x08 || point === 0x09 || point === 0x0a || point === 0x0c || point === 0x0d ? 2 : 6;
  if (point === 0x3c || point === 0x3e || point === 0x26 || point === 0x2028 || point === 0x2029) return 6;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point > 0xffff ? 4 : 3;
};
