export { inputFiles } from "./input-files.ts";
