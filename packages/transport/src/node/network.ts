export { fromFailure } from "./failure.ts";
export { send } from "./send.ts";
