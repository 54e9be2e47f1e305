/** What only Node can do comes here. */
export { memoryTokenStore } from "../token-store.ts";
