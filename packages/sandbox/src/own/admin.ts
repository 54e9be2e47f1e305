import type { Exchange } from "../exchange.ts";
import { checkFaults } from "../faults/check-faults.ts";
import { FaultUnreadable, parseFaults } from "../faults/parse-faults.ts";
import { plainJson } from "../users/access.ts";

/** GET /_sandbox/faults: the rules that are not spent. */
export const getFaults = ({ platform }: Exchange): Response => plainJson(200, platform.faults.current());

/** PUT /_sandbox/faults: replaces them; a JSON array of rules, or the text that `parseFaults` reads. */
export const putFaults = async (exchange: Exchange): Promise<Response> => {
  const text = new TextDecoder().decode(await exchange.body()).trim();
  try {
    const faults = text.startsWith("[") ? checkFaults(JSON.parse(text)) : parseFaults(text);
    exchange.platform.faults.set(faults);
    return plainJson(200, faults);
  } catch (error) {
    if (error instanceof FaultUnreadable || error instanceof SyntaxError) {
      return plainJson(400, { code: "sandbox-fault-unreadable", title: error.message });
    }
    throw error;
  }
};

/** DELETE /_sandbox/faults: none any more, and the clock is right again. */
export const deleteFaults = ({ platform }: Exchange): Response => {
  platform.faults.clear();
  return plainJson(200, []);
};

/** GET /_sandbox/log: the last requests, newest first. */
export const getLog = ({ platform }: Exchange): Response => plainJson(200, platform.log.entries());
