export { checkPlatform } from "./check-platform.ts";
export { fromFailure } from "./failure.ts";
export { send } from "./send.ts";
