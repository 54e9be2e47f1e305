/** What people call the datums of a kind, one and several. */
type Names = readonly [one: string, several: string];

const names: Readonly<Record<string, Names>> = {
  cbg: ["CGM reading", "CGM readings"],
  smbg: ["fingerstick", "fingersticks"],
  bloodKetone: ["ketone reading", "ketone readings"],
  bolus: ["bolus", "boluses"],
  wizard: ["bolus calculation", "bolus calculations"],
  basal: ["basal rate", "basal rates"],
  insulin: ["injection", "injections"],
  food: ["meal", "meals"],
  physicalActivity: ["exercise", "exercises"],
  reportedState: ["note on wellbeing", "notes on wellbeing"],
  water: ["drink of water", "drinks of water"],
  pumpSettings: ["set of pump settings", "sets of pump settings"],
  cgmSettings: ["set of sensor settings", "sets of sensor settings"],
  dosingDecision: ["loop decision", "loop decisions"],
  controllerStatus: ["loop status", "loop statuses"],
  pumpStatus: ["pump status", "pump statuses"],
  deviceEvent: ["device event", "device events"],
  alert: ["alert", "alerts"],
  upload: ["upload", "uploads"]
};

const events: Readonly<Record<string, Names>> = {
  alarm: ["alarm", "alarms"],
  calibration: ["calibration", "calibrations"],
  prime: ["priming", "primings"],
  reservoirChange: ["reservoir change", "reservoir changes"],
  status: ["suspension", "suspensions"],
  timeChange: ["clock change", "clock changes"]
};

const details: Readonly<Record<string, Names>> = {
  "basal/automated": ["automated basal rate", "automated basal rates"],
  "basal/scheduled": ["scheduled basal rate", "scheduled basal rates"],
  "basal/suspend": ["basal suspension", "basal suspensions"],
  "basal/temp": ["temporary basal rate", "temporary basal rates"],
  "bolus/square": ["extended bolus", "extended boluses"],
  "bolus/dual/square": ["combined bolus", "combined boluses"],
  "bolus/automated": ["automated bolus", "automated boluses"]
};

const namesOf = (kind: string): Names => {
  const [type = "", subType = ""] = kind.split("/");
  const ofEvent = type === "deviceEvent" ? events[subType] : undefined;
  return details[kind] ?? ofEvent ?? names[type] ?? [kind, kind];
};

const titled = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The datums of a kind in plain words, `boluses`; the kind itself where there are none. */
export const plainKind = (kind: string): string => namesOf(kind)[1];

/** The same with a capital, for a heading: `Boluses`. */
export const plainKindTitle = (kind: string): string => titled(plainKind(kind));

/** One datum of a kind, with a capital: `Bolus`. */
export const plainRecordTitle = (kind: string): string => titled(namesOf(kind)[0]);
