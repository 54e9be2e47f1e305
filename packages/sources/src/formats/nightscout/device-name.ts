import { textIn } from "./document.ts";

/**
 * What wrote a document, without what may name a person: of `loop://Anna's iPhone` only `loop` is left. `undefined` where
 * the document does not say it.
 */
export const deviceName = (value: unknown): string | undefined => {
  const text = textIn(value);
  if (text === undefined) return undefined;
  const scheme = /^([\w.+-]+):\/\//u.exec(text)?.[1];
  return (scheme ?? text).slice(0, 100);
};

/** Readings that went through a vendor's cloud: slower and rounded, where the app that measured has them as well. */
export const isCloud = (name: string | undefined): boolean =>
  name !== undefined && /share|bridge|connect|link-?up|follow|minimed|carelink/iu.test(name);
