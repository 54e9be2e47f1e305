import type { Chunking } from "../contract/policy.ts";

/** As large as the platform advises. */
export const defaultChunking: Chunking = { datums: 1000, bytes: 1_048_576 };
