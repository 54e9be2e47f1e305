// Makes and lets go of objects for a while, as an upload does: `node churning-program.ts [steady]` prints the bytes of V8's heap
// that were in use at most.
import { getHeapStatistics } from "node:v8";
import { keepMemorySteady } from "@tideway/core/node";

if (process.argv[2] === "steady") keepMemorySteady();
const inFlight: Array<object | undefined> = [];
let most = 0;
for (let number = 0; number < 6_000_000; number++) {
  inFlight[number % 20_000] = { number, text: `reading ${number}` };
  if (number % 100_000 === 0) most = Math.max(most, getHeapStatistics().total_heap_size);
}
console.log(most);
