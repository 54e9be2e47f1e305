/** How datums are put together into requests. */
export interface Chunking {
  /** Most datums in a chunk, 1 to 1,000 (the platform's advice). Default: 1,000. */
  readonly datums: number;
  /** Most bytes of JSON in a chunk; a single larger datum goes alone. Default: 1,048,576. */
  readonly bytes: number;
}

export const defaultChunking: Chunking = { datums: 1000, bytes: 1_048_576 };
