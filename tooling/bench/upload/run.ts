// One contender in a process of its own: `node run.ts NAME FILE URL LEDGER` prints its seconds and its peak memory.
import { type ContenderName, contenders } from "./contenders.ts";

const [, , name = "", file = "", url = "", ledger = ""] = process.argv;
const begun = performance.now();
const sent = await contenders[name as ContenderName](file, url, ledger);
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ sent, seconds, peak: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
