import { originId } from "../identity/origin-of.ts";

/** What writes records to Apple Health or Health Connect: `sensor` readings every few minutes, or `loop`, which is one that also doses. */
export type SourceKind = "loop" | "sensor" | "meter" | "other";

/** A source as datums and notes name it: the name of an app, never that of a person's phone. */
export interface HealthSource {
  readonly label: string;
  readonly kind: SourceKind;
  /** Of two sources for one sensor the one with the smaller number is kept: who measures before who passes on. */
  readonly rank: number;
}

/** Names of apps that are known, most telling first: only what matches is ever told. */
const known: ReadonlyArray<readonly [pattern: RegExp, kind: SourceKind, rank: number]> = [
  [/\bDexcom(?: (?:G[4-7]|ONE\+?|Stelo))?|\bStelo\b/iu, "sensor", 0],
  [
    /\b(?:Eversense(?: 365)?|Guardian(?: Connect)?|MiniMed(?: Mobile)?|Sibionics|LibreLink|Libre ?[123]?)\b/iu,
    "sensor",
    0
  ],
  [/\b(?:Loop|Trio|iAPS|FreeAPS(?: X)?)\b/u, "loop", 1],
  [
    /\b(?:xDrip4iOS|xDrip|Shuggah|Spike|Nightguard|Nightscout|Sugarmate|Gluroo|Happy Bob|Zukka|DiaBLE|Glucose Direct|Tomato)\b/iu,
    "sensor",
    2
  ],
  [
    /\b(?:mySugr|OneTouch(?: Reveal)?|Contour|Accu-Chek|One ?Drop|Dario|iHealth|GlucoMen|CareSens|SmartLog|InPen|Glooko)\b/iu,
    "meter",
    3
  ],
  [
    /\b(?:Tidepool(?: Mobile)?|Omnipod(?: 5)?|t:connect|Carb Manager|MyFitnessPal|Cronometer|Lose It|Yazio|Lifesum|FatSecret|Foodvisor|SNAQ|Undermyfork)\b/iu,
    "other",
    3
  ],
  [
    /\b(?:Strava|Garmin(?: Connect)?|Zwift|Peloton|Nike Run Club|Runkeeper|Polar(?: Flow)?|Wahoo|Komoot|Apple Watch|iPhone)\b/iu,
    "other",
    3
  ]
];

const sources = new Map<string, HealthSource>();
/** Nobody has more apps; what changes all the time is not kept. */
const mostKept = 1000;

const classify = (sourceName: string): HealthSource => {
  // Apple writes non-breaking spaces into the names of its devices.
  const name = sourceName.replaceAll("\u00A0", " ").trim();
  if (/^(?:Health|Salud|Santé|Gesundheit|Salute|Saúde|Gezondheid)$/u.test(name)) {
    return { label: "Health", kind: "other", rank: 3 };
  }
  for (const [pattern, kind, rank] of known) {
    const [label] = pattern.exec(name) ?? [];
    if (label !== undefined) return { label, kind, rank };
  }
  // It may be the name that someone gave a phone or a watch: told apart without saying it.
  const [, digest = ""] = originId({ source: "app", parts: [name], type: "name", personal: true }).split(":");
  return { label: `app ${digest.slice(0, 6)}`, kind: "other", rank: 4 };
};

/** What is known of a source by the name of its app. */
export const healthSource = (sourceName: string): HealthSource => {
  const found = sources.get(sourceName);
  if (found) return found;
  const source = classify(sourceName);
  if (sources.size < mostKept) sources.set(sourceName, source);
  return source;
};
