/** How long to go on when a server does not do what it is asked. What is left out keeps its default. */
export interface RetryOptions {
  /**
   * Longest time without any progress before an operation gives up, pauses that the server asks for included, in
   * milliseconds. Less than 65,000 also means that an upload ends at the first chunk that gets no answer, with its datums
   * `inDoubt`: it takes that long until they may be sent again. Default: 900,000.
   */
  readonly patience?: number;
  /**
   * Longest silence of one request, in milliseconds: from its start, or from the last byte that was seen to move. Holds for
   * core and for the transport. Default: 90,000, and what the transport itself finds right for each route.
   */
  readonly deadline?: number;
  /**
   * How often one request is made again without any progress in between. Default: 39, and 2 as long as the server has
   * never answered.
   */
  readonly retries?: number;
}
