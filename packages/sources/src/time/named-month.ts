/** What the names of the months begin with, in the languages of common exports, without accents. */
const beginnings: ReadonlyArray<string> = [
  "jan,ene,gen",
  "feb,fev",
  "mar,mrz,maa,mae",
  "apr,avr,abr",
  "mai,may,mei,mag,maj",
  "jun,juin,giu",
  "jul,juil,lug",
  "aug,aou,ago",
  "sep,set",
  "oct,okt,out,ott",
  "nov",
  "dec,dez,dic"
];

const numberOf = (name: string): number => {
  const letters = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return 1 + beginnings.findIndex((all) => all.split(",").some((beginning) => letters.startsWith(beginning)));
};

const american = /^(?<name>\p{L}{3,10})\.?\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})(?=\D|$)/u;
const european = /^(?<day>\d{1,2})\.?[\s-]+(?:de\s+)?(?<name>\p{L}{3,10})\.?,?[\s-]+(?:de\s+)?(?<year>\d{4})(?=\D|$)/u;

/** A date whose month has a name (`Feb 28, 2017`, `28. Februar 2017`) with the year first and in figures; other texts as they are. */
export const withMonthNumber = (text: string): string => {
  const match = american.exec(text) ?? european.exec(text);
  const { name = "", day = "", year = "" } = match?.groups ?? {};
  const month = match ? numberOf(name) : 0;
  if (!match || month === 0) return text;
  return `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}${text.slice(match[0].length)}`;
};
