/** From a moment (inclusive) to a later one (exclusive), in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether both ends are moments, and the second is later. Texts of times compare, too, but nothing can be counted with them. */
export const hasLength = ({ from, to }: Span): boolean => Number.isFinite(from) && Number.isFinite(to) && to > from;
