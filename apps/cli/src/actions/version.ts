import type { Outcome } from "../lifecycle/run-command.ts";
import { version as ownVersion } from "../version.ts";

/** Says which version this is, and what it runs on. */
export const version = (): Promise<Outcome> => {
  const { version: node, platform, arch } = process;
  return Promise.resolve({
    value: [`tideway ${ownVersion}`, `Node ${node.slice(1)} on ${platform} ${arch}`],
    result: { version: ownVersion, node: node.slice(1), platform, arch }
  });
};
