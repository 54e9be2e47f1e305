import type * as Client from "./client-error.ts";
import { guardOf } from "./tagged-error.ts";
import type * as Transport from "./transport-error.ts";

// One for each class, by tag: `instanceof` fails where an app has two copies of this package.
export const isUnreachable = guardOf<Transport.Unreachable>("Unreachable");
export const isUnanswered = guardOf<Transport.Unanswered>("Unanswered");
export const isThrottled = guardOf<Transport.Throttled>("Throttled");
export const isServerFailed = guardOf<Transport.ServerFailed>("ServerFailed");
export const isUnauthenticated = guardOf<Transport.Unauthenticated>("Unauthenticated");
export const isForbidden = guardOf<Transport.Forbidden>("Forbidden");
export const isNotFound = guardOf<Transport.NotFound>("NotFound");
export const isSessionClosed = guardOf<Transport.SessionClosed>("SessionClosed");
export const isTooLarge = guardOf<Transport.TooLarge>("TooLarge");
export const isRefused = guardOf<Transport.Refused>("Refused");
export const isUnexpectedAnswer = guardOf<Transport.UnexpectedAnswer>("UnexpectedAnswer");
export const isSourceEmpty = guardOf<Client.SourceEmpty>("SourceEmpty");
export const isSourceFailed = guardOf<Client.SourceFailed>("SourceFailed");
export const isLedgerFailed = guardOf<Client.LedgerFailed>("LedgerFailed");
export const isSessionLost = guardOf<Client.SessionLost>("SessionLost");
export const isCountMismatch = guardOf<Client.CountMismatch>("CountMismatch");
export const isInternalError = guardOf<Client.InternalError>("InternalError");
export const isUploadAborted = guardOf<Client.UploadAborted>("UploadAborted");
export const isUploadStopped = guardOf<Client.UploadStopped>("UploadStopped");
