/** Throws unless both are the same as JSON: this runs in a page too, where no test runner is. */
export const same = (found: unknown, expected: unknown): void => {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`expected ${right}, found ${left}`);
};
