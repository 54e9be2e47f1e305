// One contender in a process of its own: `node run.ts NAME FILE URL LEDGER [steady]` prints its seconds, those of the
// processor, and its peak memory. `steady` keeps V8's heap from growing, as the CLI does.
import { keepMemorySteady } from "@tideway/core/node";
import { type ContenderName, contenders } from "./contenders.ts";

const [, , name = "", file = "", url = "", ledger = "", steady] = process.argv;
if (steady === "steady") keepMemorySteady();
const used = process.cpuUsage();
const begun = performance.now();
const sent = await contenders[name as ContenderName](file, url, ledger);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
console.log(
  JSON.stringify({ sent, seconds, processor: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024 })
);
process.exit(0);
