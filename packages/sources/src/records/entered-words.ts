/** How an insulin acts, by a word of several languages. */
export const actingTypeOf = (text: string): "rapid" | "short" | "intermediate" | "long" | undefined => {
  if (/rapid|fast|schnell|ráp|rap[ií]d|snabb|hurtig|snel/iu.test(text)) return "rapid";
  if (/inter|nph/iu.test(text)) return "intermediate";
  if (/long|lang|prolong|lent|lung|basal/iu.test(text)) return "long";
  return /short|regular|kurz/iu.test(text) ? "short" : undefined;
};

/** How hard somebody says that an exercise was. */
export const activityIntensity = (text: string): "low" | "medium" | "high" | undefined => {
  if (/low|light|mild|leicht|niedrig|baj|faible|bass/iu.test(text)) return "low";
  if (/med|mod|mittel|moyen/iu.test(text)) return "medium";
  return /high|hard|intens|vigor|hoch|stark|alt|élev/iu.test(text) ? "high" : undefined;
};
