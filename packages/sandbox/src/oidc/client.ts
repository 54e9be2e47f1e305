/** A program that may log people in, or itself. */
export interface OidcClient {
  readonly clientId: string;
  /** A confidential client's secret. Default: none, a public client. */
  readonly secret?: string;
  /** Where people may be sent back to. Default: anywhere. */
  readonly redirectUris?: ReadonlyArray<string>;
  /** Whether `client_credentials` makes it a trusted service; needs a secret. Default: false. */
  readonly service?: boolean;
}
