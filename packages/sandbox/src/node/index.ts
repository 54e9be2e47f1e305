export type { ListenOptions, Listening } from "./listen.ts";
export { listen } from "./listen.ts";
export { migrate, migrations, StoreTooNew } from "./schema.ts";
export type { SqliteStoreOptions } from "./sqlite-store.ts";
export { createSqliteStore, StoreInUse } from "./sqlite-store.ts";
