/** The origin id of a datum, as it is written; undefined where it has none. */
export const originIdOf = (datum: unknown): string | undefined => {
  const { origin } = (datum ?? {}) as { readonly origin?: { readonly id?: unknown } | null };
  return typeof origin?.id === "string" ? origin.id : undefined;
};
