/** What a row of Clarity tells of. */
export type ClarityKind = "egv" | "calibration" | "insulin" | "carbs" | "exercise" | "health" | "other";

const kindWords: ReadonlyArray<readonly [ClarityKind, RegExp]> = [
  ["egv", /^egv$/iu],
  ["insulin", /^insulin/iu],
  [
    "carbs",
    /^(?:carb|kohlenhydrat|glucid|carboidrat|hidratos|koolhydrat|kulhydrat|karbohydrat|kolhydrat|hiilihydra|węglowodan)/iu
  ],
  ["calibration", /^(?:calibr|kalibri|kalibrer|étalon|kalibroin|taratura)/iu],
  [
    "exercise",
    /^(?:exercise|bewegung|sport|training|ejercicio|exercice|esercizio|exercício|lichaamsbew|motion|trening|träning|liikunta|ćwiczen)/iu
  ],
  ["health", /^(?:health|gesundheit|salud|santé|salute|saúde|gezondheid|helbred|helse|hälsa|terveys|zdrowie)/iu]
];

/** What a row tells of, by its type in any language, or by the one column that is filled. */
export const clarityKind = (
  type: string,
  filled: {
    readonly insulin: boolean;
    readonly carbs: boolean;
    readonly duration: boolean;
    readonly ticks: boolean;
    readonly glucose: boolean;
  }
): ClarityKind => {
  const word = type.normalize("NFC").trim();
  const known = kindWords.find(([, pattern]) => pattern.test(word));
  if (known) return known[0];
  if (filled.insulin) return "insulin";
  if (filled.carbs) return "carbs";
  if (filled.glucose && filled.ticks) return "calibration";
  return filled.duration ? "exercise" : "other";
};

/** How fast an insulin acts, where the words are known. */
export const actingType = (subtype: string): "rapid" | "long" | undefined => {
  if (/long|lang|lent|prolong|lung|lång|pitkä|dług|basal/iu.test(subtype)) return "long";
  return /fast|rapid|rápid|rapide|schnell|kurz|snel|hurtig|snabb|nopea|szybk/iu.test(subtype) ? "rapid" : undefined;
};

/** How hard the exercise was. */
export const intensity = (subtype: string): "low" | "medium" | "high" | undefined => {
  if (/light|leicht|liger|suave|légèr|legger|leve|licht|let|lett|lätt|kevyt|lekk/iu.test(subtype)) return "low";
  if (/medium|moderat|mittel|medi|moyen|modér|gemiddeld|middel|medel|keski|średni/iu.test(subtype)) return "medium";
  return /heavy|schwer|intens|stark|fuert|hard|pesad|zwaar|hård|tung|raskas|ciężk/iu.test(subtype) ? "high" : undefined;
};

/** States of health that Clarity and Tidepool both know. */
export type HealthState = "alcohol" | "cycle" | "hyperglycemiaSymptoms" | "hypoglycemiaSymptoms" | "illness" | "stress";

const states: ReadonlyArray<readonly [HealthState, RegExp]> = [
  ["hyperglycemiaSymptoms", /^(?:high|hyper|hoh|hoch)/iu],
  ["hypoglycemiaSymptoms", /^(?:low|hypo|niedrig)/iu],
  ["illness", /^(?:illness|krank|enfermedad|maladie|malattia|doença|ziekte|sygdom|sykdom|sjukdom|sairaus|choroba)/iu],
  ["stress", /^(?:stress|estrés|stres)/iu],
  ["alcohol", /^(?:alcohol|alkohol|alcool|álcool|alkoholi)/iu],
  ["cycle", /^(?:cycle|zyklus|menstru|ciclo|cyclus|cyklus|syklus|cykel)/iu]
];

export const healthState = (subtype: string): HealthState | undefined =>
  states.find(([, pattern]) => pattern.test(subtype.normalize("NFC").trim()))?.[0];
