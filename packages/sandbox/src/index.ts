export type { RequestDetails, Sandbox } from "./sandbox.ts";
export { createSandbox } from "./sandbox.ts";
export type { SandboxOptions, UserSeed } from "./options.ts";
export { createMemoryStore } from "./store/memory-store.ts";
export type {
  DataSetListing,
  DataSetRecord,
  DatumReading,
  DatumRecord,
  DatumSelection,
  DatumState,
  Store
} from "./store/store.ts";
export type { TokenRecord } from "./store/token-record.ts";
export type { Permission, UserRecord } from "./store/user-record.ts";
export { demoUser } from "./users/seed.ts";
export type { World } from "./world.ts";
