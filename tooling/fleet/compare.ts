import type { Transport } from "@tideway/core";
import { app } from "./demo-options.ts";
import { putIn } from "./put-in.ts";

/** How a user's session differs from what was put in, in datums. */
export interface Comparison {
  readonly putIn: number;
  readonly held: number;
  readonly missing: number;
  readonly doubled: number;
  /** Of an older version, or of a wrong one. */
  readonly outdated: number;
}

const milligrams = (value: unknown) => Math.round(Number(value) * 18.01559);

/** Reads a user's session back and compares it with what was put in. */
export const compare = async (transport: Transport, userId: string, user: number): Promise<Comparison> => {
  const expected = putIn(user);
  const held: Array<readonly [string, number]> = [];
  for (const { id } of await transport.listDataSets(userId, { appName: app.name })) {
    for await (const datum of transport.readData(userId, { uploadId: id!, type: ["cbg"] })) {
      held.push([String(datum.origin?.id), milligrams((datum as unknown as { value: number }).value)]);
    }
  }
  const ids = new Set(held.map(([id]) => id));
  return {
    putIn: expected.size,
    held: held.length,
    missing: [...expected.keys()].filter((id) => !ids.has(id)).length,
    doubled: held.length - ids.size,
    outdated: held.filter(([id, value]) => expected.get(id) !== value).length
  };
};

/** Whether it holds exactly what was put in. */
export const isEqual = ({ missing, doubled, outdated }: Comparison): boolean => missing + doubled + outdated === 0;
