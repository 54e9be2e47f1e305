import { type Item, idsOf } from "../../contract/item.ts";
import type { Known } from "../../ledger/known.ts";
import { derivedChildren } from "../../prepare/identify.ts";
import type { ChunkLifecycle } from "./chunk-lifecycle.ts";

const none: ReadonlyArray<string> = [];

/** The item with what it changes of what the session has. */
export const withReplacedIds = (chunks: ChunkLifecycle, item: Item, known: Known): Item => {
  const isOutdated = (id: string) => item.outdates.includes(id) || known.has(id) || chunks.isPending(id);
  if (item.children.length === 0 && !isOutdated(item.originId)) return item;
  const outdates = idsOf(item).filter(isOutdated);
  const before = [...(known.get(item.originId)?.children ?? none), ...chunks.insideUnderWay(item.originId)];
  // Only under an id of our making: what has one of its own may by now be inside another datum.
  const derived = before.length === 0 ? none : derivedChildren(item.originId);
  const gone = derived.filter((id) => before.includes(id) && !item.children.includes(id));
  return { ...item, outdates, gone };
};
