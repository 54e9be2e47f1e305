/**
 * Whether nothing in the value is nested deeper than `levels` arrays and objects, the value itself being one.
 *
 * Needs no stack of its own depth, and ends on values that hold themselves.
 */
export const depthWithin = (value: unknown, levels: number): boolean => {
  if (typeof value !== "object" || value === null) return true;
  const stack: Array<{ readonly of: Iterator<unknown> }> = [];
  let current: unknown = value;
  for (;;) {
    if (typeof current === "object" && current !== null) {
      if (stack.length >= levels) return false;
      stack.push({ of: Object.values(current).values() });
    }
    for (;;) {
      const top = stack.at(-1);
      if (top === undefined) return true;
      const next = top.of.next();
      if (next.done !== true) {
        current = next.value;
        break;
      }
      stack.pop();
    }
  }
};
