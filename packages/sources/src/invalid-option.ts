/** An option that cannot be meant. */
export class InvalidOption extends Error {
  readonly _tag = "InvalidOption";
  override readonly name = "InvalidOption";
  readonly option: string;

  constructor(option: string, message: string, options?: ErrorOptions) {
    super(`The option ${option} ${message}`, options);
    this.option = option;
  }
}
