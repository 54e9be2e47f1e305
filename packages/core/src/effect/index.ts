// oxlint-disable-next-line import/no-unassigned-import
import "../require-node.ts";

export type { ModelledOptions } from "../contract/client.ts";
export { engineFor, type Engine } from "../engine/engine.ts";
export { remove } from "../operations/remove/remove.ts";
export { ensureSession, findSession, type Ensured } from "../operations/session/ensure.ts";
export { listSessions } from "../operations/session/list.ts";
export { upload } from "../operations/upload/upload.ts";
export { verify } from "../operations/verify/verify.ts";
export type { Waiting } from "../contract/waiting.ts";
export { withTelemetry } from "./with-telemetry.ts";
