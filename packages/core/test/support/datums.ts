/** A sensor value that the platform takes; `index` makes its time and origin id. */
export const cbg = (index: number, value = 100): Record<string, unknown> => ({
  type: "cbg",
  time: new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString(),
  units: "mg/dL",
  value,
  origin: { id: `cbg-${index}`, name: "org.example.app", type: "application" }
});

export const cbgs = (count: number, value = 100) => Array.from({ length: count }, (_, index) => cbg(index, value));

/** A wizard with its bolus inside, without an origin of its own. */
export const wizard = (index: number, normal = 2.5): Record<string, unknown> => {
  const time = new Date(Date.UTC(2026, 0, 1) + index * 300_000).toISOString();
  const bolus = { type: "bolus", subType: "normal", time, normal };
  const origin = { id: `wizard-${index}`, name: "org.example.app", type: "application" };
  return { type: "wizard", time, units: "mg/dL", carbInput: 30, bolus, origin };
};
