/** What a word of the column of suspensions says. */
export const suspension = (text: string): "suspended" | "resumed" | undefined => {
  if (/normal|resume/iu.test(text)) return "resumed";
  return /suspend|notseated|pausi|unterbr/iu.test(text) ? "suspended" : undefined;
};

/** Whether a person suspended delivery, or the pump itself. */
export const suspensionBy = (text: string): "manual" | "automatic" =>
  /user|manual/iu.test(text) || /^suspend(?:ed)?$/iu.test(text) ? "manual" : "automatic";

/** What a fill of the infusion set filled; older pumps call them fixed and manual primes. */
export const primeTarget = (text: string): "cannula" | "tubing" | undefined => {
  if (/c[aá]n+u|kan[iyü]|fixed/iu.test(text)) return "cannula";
  return /tub|schlauch|manual|cat[eé]ter/iu.test(text) ? "tubing" : undefined;
};

/** Which part of a bolus a row is of: at once, or over a time. A dual bolus has a row of each. */
export const bolusPart = (type: string, duration: number | undefined): "normal" | "square" | undefined => {
  if (/square|rechteck|cuadrad|carr[eé]|quadrat|onda q/iu.test(type)) return "square";
  if (/normal|standard/iu.test(type)) return "normal";
  return /dual|combo/iu.test(type) ? (duration ? "square" : "normal") : undefined;
};

/** What delivered a bolus. */
export const deliveredBy = (source: string): "day" | "basal" | "automatic" | "person" => {
  // One row a day, with all that the algorithm gave: no bolus at all.
  if (/auto_insulin/iu.test(source)) return "day";
  if (/auto_basal|micro_bolus/iu.test(source)) return "basal";
  return /auto_bolus|auto_correction/iu.test(source) ? "automatic" : "person";
};

/** What a person entered: `Meal: 45,00grams`. Words come in the account's language, grams in most begin with g. */
export const eventMarker = (
  text: string
): { readonly kind: "food" | "insulin" | "exercise"; readonly amount: string } | undefined => {
  const [, word = "", amount = "", unit = ""] = /^([^:\d]+):?\s*([\d.,]*)\s*(\p{L}*)/u.exec(text) ?? [];
  if (amount !== "" && /^(?:g|г)/iu.test(unit)) return { kind: "food", amount };
  if (amount !== "" && /^(?:insul|inzul|инсул)/iu.test(word)) return { kind: "insulin", amount };
  if (amount !== "" && /^meal/iu.test(word) && unit === "") return { kind: "food", amount };
  return /^exerci/iu.test(word) ? { kind: "exercise", amount: "" } : undefined;
};
