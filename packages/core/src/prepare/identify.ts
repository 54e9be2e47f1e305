import { type DatumModel, type Kind, longestInOrigin } from "@tideway/schemas";
import { canonical } from "./canonical.ts";
import { hashText } from "./hash.ts";

/** Members that may hold a whole datum, which the platform stores by itself. */
const embeddingMembers = ["bolus", "status"] as const;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const fitting = (id: string): string => (id.length <= longestInOrigin ? id : `hash:${hashText(id)}`);

/**
 * An origin id for a datum that has none, the same on every machine and in every run: from its type and own id, or else
 * from all of its content, in whatever order its members stand.
 */
export const derivedId = (datum: Readonly<Record<string, unknown>>, kind: Kind, model?: DatumModel): string => {
  const own = datum["id"];
  if (isText(own)) return fitting(`${String(datum["type"])}:${own}`);
  const { origin: _, ...content } = datum;
  const text = canonical(content);
  // A member that is null is as good as none; there is nothing else to leave out by now, and looking for it takes time.
  return `${kind}:${hashText(model && text.includes("null") ? canonical(model.writable(content).datum) : text)}`;
};

/** The origin id of a datum inside another one: the parent's, and where it stands. */
export const childId = (parentId: string, pointer: string): string => fitting(`${parentId}${pointer}`);

/** What datums inside the datum of that id get where they have no id of their own. */
export const derivedChildren = (parentId: string): ReadonlyArray<string> =>
  embeddingMembers.map((member) => childId(parentId, `/${member}`));
