export type { RequestDetails, Sandbox } from "./sandbox.ts";
export { ConnectionReset, isConnectionReset } from "./faults/connection-reset.ts";
export type { Fault, FaultEffect, StepBoundary, When } from "./faults/fault.ts";
export type { FaultInjector } from "./faults/fault-injector.ts";
export { FaultUnreadable, parseFaults } from "./faults/parse-faults.ts";
export type { OidcClient } from "./oidc/client.ts";
export type { LoggedRequest, RequestLog } from "./request-log.ts";
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
export type { DataSource, Permission, UserRecord } from "./store/user-record.ts";
export { demoUser } from "./users/seed.ts";
export type { SandboxRuntime } from "./runtime.ts";
