import type { Temporal } from "temporal-polyfill";

/** What time zones are reckoned with: the engine's own `Temporal` where it has one, else the polyfill, loaded when needed. */
export const loadTemporal = async (): Promise<typeof Temporal> => {
  const { Temporal: native } = globalThis as { readonly Temporal?: typeof Temporal };
  return native ?? (await import("temporal-polyfill")).Temporal;
};
