export type { Check, Issue } from "./issue.ts";
