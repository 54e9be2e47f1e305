import { object } from "../rule/object.ts";
import { type Members, type Presence, required, when } from "../rule/rule.ts";
import { oneOf, text } from "../rule/text.ts";
import { dataId } from "./ids.ts";
import { url } from "./url.ts";

const isStored = ({ type }: Members): boolean => type === "blob" || type === "datum" || type === "image";
const idPresence = (members: Members): Presence =>
  isStored(members) ? "required" : members["type"] === "url" ? "forbidden" : "not judged";
const urlPresence = (members: Members): Presence =>
  members["type"] === "url" ? "required" : isStored(members) ? "forbidden" : "not judged";

/** Something that belongs to a datum: another datum, a blob or an image by its id, anything else by its address. */
export const association = object({
  id: when("needed where type is blob, datum or image, and forbidden where it is url", idPresence, dataId()),
  reason: text({ max: 1000 }),
  type: required(oneOf(["blob", "datum", "image", "url"])),
  url: when("needed where type is url, and forbidden elsewhere", urlPresence, url())
});
