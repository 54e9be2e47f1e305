import { requireNode } from "./too-old-node.ts";

// The one thing that this package does on import.
requireNode(
  (globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } }).process?.versions?.node
);
