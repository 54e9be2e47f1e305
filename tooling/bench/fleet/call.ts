/** What a worker asks of the platform that its parent keeps. */
export interface Call {
  readonly id: number;
  readonly name: "list" | "create" | "post";
  readonly userId: string;
  readonly body?: string;
}

/** The platform's answer. */
export interface Answer {
  readonly id: number;
  readonly sessions: ReadonlyArray<object>;
}
