import type { Issue } from "@tideway/schemas";

const discriminators: Readonly<Record<string, string>> = {
  basal: "deliveryType",
  bolus: "subType",
  deviceEvent: "subType"
};
const pointerOf = /^\/(\d+)(?:\/(.*))?$/;

/** What an issue is about: the type, and the sub type where the type has one, of the outermost datum it is in. */
export const metaOfDatums =
  (datums: ReadonlyArray<unknown>): ((issue: Issue) => Record<string, unknown> | undefined) =>
  ({ pointer }) => {
    const [, index, member] = pointerOf.exec(pointer) ?? [];
    const datum =
      index === undefined ? undefined : (datums[Number(index)] as Record<string, unknown> | null | undefined);
    const type = datum?.["type"];
    if (typeof datum !== "object" || typeof type !== "string" || member === "type") return undefined;
    const discriminator = discriminators[type];
    if (discriminator === undefined) return { type };
    return member === discriminator ? undefined : { type, [discriminator]: datum?.[discriminator] };
  };
