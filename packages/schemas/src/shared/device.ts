import { textsOfLength } from "../rule/array.ts";
import { text } from "../rule/text.ts";

const name = text({ max: 100 });

/** What a device is called. */
export const deviceParts = {
  firmwareVersion: name,
  hardwareVersion: name,
  manufacturers: textsOfLength(100, { max: 10, repeats: false, sorted: true }),
  model: name,
  name,
  serialNumber: name,
  softwareVersion: name
};
