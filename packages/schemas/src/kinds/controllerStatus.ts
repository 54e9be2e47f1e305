import { kind } from "../kind.ts";
import { required } from "../rule/rule.ts";
import { battery } from "../shared/battery.ts";

/** How the phone or handset that controls a pump is. */
export const controllerStatus = kind({ type: "controllerStatus" }, { battery: required(battery) });
