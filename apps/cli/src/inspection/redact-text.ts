/**
 * Words that vendors' files are written in: columns, events, units. Whatever else is made of letters may be somebody's name.
 */
const vocabulary = new Set(
  `alarm alert am amount annotation basal bg blood bolus bwz calibration calculator carb carbohydrate carbs cbg cgm combo comment
  correction dat data date days default device dexcom duration egv end entry estimate event exercise extended false fast food g
  glucose glucometer gmt grams high historic hour hours id index insulin isig key ketone kind last level libre limit long low manual
  max mbg meal meter mg mg/dl min minutes mmol mmol/l model mode none normal note notes null number other percent pm prime profile
  pump rapid rate reading record reminder resume rewind scan scheduled sensor serial settings sgv smbg software source sport start
  status strip suspend sync target temp temporary time timestamp timezone total transmitter treatment trend true type u unit units
  upload utc value version wizard zone`.split(/\s+/u)
);

const dayLength = 86_400_000;

/** Digits of another value, as many as there were; the same for the same text, so that what repeats still does. */
const otherDigits = (digits: string, seed: number): string => {
  let state = seed;
  for (const character of digits) state = (Math.imul(state, 31) + character.charCodeAt(0)) >>> 0;
  return [...digits]
    .map((digit, index) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const other = (state >>> 16) % 10;
      return index === 0 && digit !== "0" ? String((other % 9) + 1) : String(other);
    })
    .join("");
};

const two = (part: number) => String(part).padStart(2, "0");

/** A day so many days away, in the order and with the marks that it was written with; undefined where it is no day. */
const movedDay = (
  { year, month, day }: { readonly year: number; readonly month: number; readonly day: number },
  days: number
) => {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const moved = new Date(Date.UTC(year, month - 1, day) - days * dayLength);
  return { year: moved.getUTCFullYear(), month: two(moved.getUTCMonth() + 1), day: two(moved.getUTCDate()) };
};

const moveDates = (text: string, days: number, kept: Array<string>): string => {
  const keep = (value: string) => `\uE000${kept.push(value) - 1}\uE001`;
  return text
    .replace(
      /(?<!\d)(20\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/gu,
      (all, year: string, mark: string, month: string, day: string) => {
        const moved = movedDay({ year: Number(year), month: Number(month), day: Number(day) }, days);
        return moved === undefined ? all : keep([moved.year, moved.month, moved.day].join(mark));
      }
    )
    .replace(
      /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(20\d\d)(?!\d)/gu,
      (all, one: string, mark: string, other: string, year: string) => {
        // Day and month in whichever order: the one that cannot be a month is the day.
        const isDayFirst = Number(one) > 12;
        const [day, month] = isDayFirst ? [one, other] : [other, one];
        const moved = movedDay({ year: Number(year), month: Number(month), day: Number(day) }, days);
        if (moved === undefined) return all;
        const [first, second] = isDayFirst ? [moved.day, moved.month] : [moved.month, moved.day];
        return keep([first, second, moved.year].join(mark));
      }
    )
    .replace(/(?<!\d)1[5-9]\d{8}(\d{3})?(?!\d)/gu, (all, milliseconds?: string) =>
      keep(String(Number(all) - days * (milliseconds === undefined ? dayLength / 1000 : dayLength)))
    )
    .replace(/(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?!\d)/gu, keep);
};

const isPartOfWord = (character = ""): boolean => /[\p{L}\p{N}]/u.test(character);

const maskWord = (word: string, isAlone: boolean): string => {
  // A single letter by itself, such as the T and the Z of a time, is nobody's name.
  if ((word.length === 1 && isAlone) || vocabulary.has(word.toLowerCase())) return word;
  return word.replace(/\p{Lu}/gu, "X").replace(/[\p{L}\p{M}](?<!X)/gu, "x");
};

/**
 * A line of a file with the same shape and other content: amounts have other digits, days are moved, and a word stays only where
 * it is one of those that such files are written in. Times of day stay.
 */
export const redactText = (line: string, { seed, days }: { readonly seed: number; readonly days: number }): string => {
  const kept: Array<string> = [];
  // The names of JSON's members are what a format is known by.
  const named = line.replace(/"[\w$ .-]{1,60}"(?=\s*:)/gu, (all) => `\uE000${kept.push(all) - 1}\uE001`);
  return moveDates(named, days, kept)
    .replace(/\uE000\d+\uE001|\d+|[\p{L}\p{M}]+(?:\/[\p{L}]+)?/gu, (part, offset: number, whole: string) => {
      if (part.startsWith("\uE000")) return part;
      if (/^\d/u.test(part)) return otherDigits(part, seed);
      return maskWord(part, !isPartOfWord(whole[offset - 1]) && !isPartOfWord(whole[offset + part.length]));
    })
    .replace(/\uE000(\d+)\uE001/gu, (_, index: string) => kept[Number(index)]!);
};
