import { kind } from "../kind.ts";
import { bool } from "../rule/number.ts";
import { object } from "../rule/object.ts";
import { oneOf } from "../rule/text.ts";
import { anyOf } from "../shared/any-of.ts";
import { deviceParts } from "../shared/device.ts";

const notifications = {
  authorization: oneOf(["authorized", "denied", "ephemeral", "notDetermined", "provisional"]),
  alert: bool(),
  criticalAlert: bool(),
  badge: bool(),
  sound: bool(),
  announcement: bool(),
  notificationCenter: bool(),
  lockScreen: bool(),
  alertStyle: oneOf(["alert", "banner", "none"])
};

/** Settings of the phone or handset that controls a pump. */
export const controllerSettings = kind(
  { type: "controllerSettings" },
  {
    device: object(deviceParts, { also: anyOf(...Object.keys(deviceParts)) }),
    notifications: object(notifications, { also: anyOf(...Object.keys(notifications)) })
  },
  { also: anyOf("device", "notifications") }
);
