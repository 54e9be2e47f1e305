/** The `type` of a kind: kinds of one type are told apart by `subType` or `deliveryType` behind it. */
export const typeOf = (kind: string): string => {
  const end = kind.indexOf("/");
  return end < 0 ? kind : kind.slice(0, end);
};
