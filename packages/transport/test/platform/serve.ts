// A program of its own: the servers for tests that run outside of this process, in a browser.
import { issue } from "../provider/provider.ts";
import { listen } from "./platform.ts";

const [platform, provider] = await Promise.all([listen(), issue()]);
process.send?.({ platform: platform.url, provider: provider.url });
process.on("disconnect", () => process.exit());
