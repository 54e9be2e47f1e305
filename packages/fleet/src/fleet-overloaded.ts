/** More users wait than the fleet was told to let wait: nothing was taken. Try again later, or add workers. */
export class FleetOverloaded extends Error {
  readonly _tag = "FleetOverloaded";
  override readonly name = "FleetOverloaded";
  /** Users that wait to be uploaded for, at least. */
  readonly depth: number;

  constructor(depth: number) {
    super(
      `${depth} users or more wait to be uploaded for, which is the most that this fleet takes: try again later, or add workers.`
    );
    this.depth = depth;
  }
}
