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

const details: Readonly<Record<string, string>> = {
  "basal/automated": "automated basal rates",
  "basal/scheduled": "scheduled basal rates",
  "basal/suspend": "basal suspensions",
  "basal/temp": "temporary basal rates",
  "bolus/normal": "boluses",
  "bolus/square": "extended boluses",
  "bolus/dual/square": "combined boluses",
  "bolus/automated": "automated boluses"
};

/** The datums of a kind in plain words, `boluses`; the kind itself where there are none. */
export const plainKind = (kind: string): string => {
  const [type = "", subType = ""] = kind.split("/");
  const [, several] = (type === "deviceEvent" ? events[subType] : undefined) ?? names[type] ?? [kind, kind];
  return details[kind] ?? several;
};

/** The same with a capital. */
export const plainKindTitle = (kind: string): string => {
  const text = plainKind(kind);
  return text.charAt(0).toUpperCase() + text.slice(1);
};
