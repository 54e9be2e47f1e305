export type { ModelledOptions } from "../client.ts";
export { engineFor, type Engine } from "../engine/engine.ts";
export { remove } from "../remove.ts";
export { ensureSession, findSession, type Ensured } from "../session/ensure.ts";
export { listSessions } from "../session/list.ts";
export { upload } from "../upload/upload.ts";
export { verify } from "../verify/verify.ts";
export type { Waiting } from "../waiting.ts";
export { withTelemetry } from "./with-telemetry.ts";
