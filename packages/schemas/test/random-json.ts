/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const names =
  "type subType deliveryType time value units suppressed bolus status ingredients nutrition origin id payload bgTarget \
basalSchedules overridePresets insulinFormulation compounds location gps tags notes associations states __proto__ constructor \ud800 a/b~c".split(
    " "
  );
const texts =
  "cbg smbg basal bolus wizard food deviceEvent pumpSettings cgmSettings dosingDecision temp suspend normal square dual/square alarm \
status timeChange mg/dL mmol/L 2026-05-14T08:17:08Z 2026-05-14T08:17:08 0001-01-01T00:00:00Z Europe/Berlin other \ud83d \udc89 é".split(
    " "
  );
const numbers = [0, -0, 1, -1, 0.1, 5.5, 100, 1e3, 86_400_000, 2 ** 53 + 2, 2 ** 63, -(2 ** 63), 1e30, 1e308, 5e-324];

/** Any JSON, made of words that the platform knows more often than not. `width` is how much an object may hold. */
export const randomJson = (random: () => number, depth: number, width = 8): unknown => {
  const pick = <T>(from: ReadonlyArray<T>): T | undefined => from[Math.floor(random() * from.length)];
  const kind = random();
  if (depth > 0 && kind < 0.45) {
    const members: Record<string, unknown> = {};
    for (let count = Math.floor(random() * width); count > 0; count--) {
      const key = random() < 0.9 ? (pick(names) ?? "") : String.fromCharCode(random() * 65_536);
      const value = randomJson(random, depth - 1, width);
      Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return members;
  }
  if (depth > 0 && kind < 0.6) {
    return Array.from({ length: random() * width }, () => randomJson(random, depth - 1, width));
  }
  if (kind < 0.75) return pick(texts);
  if (kind < 0.9) return pick(numbers);
  if (kind < 0.94) return random() < 0.5;
  return kind < 0.98 ? null : "x".repeat(random() * 3000);
};
