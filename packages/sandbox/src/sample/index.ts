export { sampleDatums, type SampleOptions } from "./sample-datums.ts";
