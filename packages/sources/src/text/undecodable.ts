import type { Entry } from "../entry.ts";

/** Which encoding an input is in, for those who have to tell where it is not. */
export interface Encoded {
  readonly encoding: string;
  /** How many bytes stand before what is read; undefined where its bytes are not those of the input. */
  readonly offset: number | undefined;
}

/** The entry for a part of an input that is no text in its encoding; `fault` is where, in bytes of what is read. */
export const undecodable = ({ encoding, offset }: Encoded, fault: number, at: string): Entry => {
  const where = offset === undefined ? "" : `, the first at byte ${(offset + fault).toLocaleString("en")} of the input`;
  const message = `It holds bytes that are no text in ${encoding.toUpperCase()}${where}. If all of the input is in another encoding, say which (the option \`encoding\`, or --encoding windows-1252).`;
  return { problem: { outcome: "rejected", code: "undecodable", message }, at };
};
