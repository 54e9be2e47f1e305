// One line for each kind: `Datum`, `check`, the JSON Schemas and the README's table all follow from it.
export { automatedBasal } from "./kinds/basal-automated.ts";
export { scheduledBasal } from "./kinds/basal-scheduled.ts";
export { suspendBasal } from "./kinds/basal-suspend.ts";
export { tempBasal } from "./kinds/basal-temp.ts";
export { automatedBolus } from "./kinds/bolus-automated.ts";
export { dualSquareBolus } from "./kinds/bolus-dual-square.ts";
export { normalBolus } from "./kinds/bolus-normal.ts";
export { squareBolus } from "./kinds/bolus-square.ts";
export { cbg } from "./kinds/cbg.ts";
export { food } from "./kinds/food.ts";
export { smbg } from "./kinds/smbg.ts";
export { wizard } from "./kinds/wizard.ts";
