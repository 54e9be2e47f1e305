import type { NightscoutLogin } from "@tideway/sources/nightscout";
import { loginStore } from "../account/login-store.ts";
import { usageError } from "../lifecycle/command-error.ts";
import type { CommandContext } from "../lifecycle/run-command.ts";
import { ask } from "../output/ask.ts";

const keyOf = (site: string): string => `nightscout ${site}`;

/** An access token has its shape; everything else is the API_SECRET of the site. */
const loginOf = (text: string): NightscoutLogin => {
  if (text === "") return {};
  return /^[\w.~-]+-[\da-f]{16}$/u.test(text) ? { token: text } : { secret: text };
};

const fromEnvironment = (): NightscoutLogin | undefined => {
  const { NIGHTSCOUT_TOKEN: token = "", NIGHTSCOUT_API_SECRET: secret = "" } = process.env;
  if (token !== "" && secret !== "") throw usageError("Set NIGHTSCOUT_TOKEN or NIGHTSCOUT_API_SECRET, not both.");
  if (token !== "") return { token };
  return secret === "" ? undefined : { secret };
};

/**
 * How to log in at a Nightscout site: by the environment, by what was kept when a person was asked before, or by asking now. Never by an
 * argument, which other programs can read. No login at all is one, too: some sites may be read by everybody.
 */
export const findSiteLogin = async (
  site: string,
  { interactive, signal, output }: CommandContext
): Promise<NightscoutLogin> => {
  const given = fromEnvironment();
  if (given !== undefined) return given;
  const store = loginStore();
  const kept = await store.read(keyOf(site));
  if (kept !== undefined) return loginOf(kept);
  if (!interactive) return {};
  const question = `Access token or API secret of ${site} (Enter: everybody may read it): `;
  const answer = (await ask(question, { hidden: true, signal })).trim();
  await store.write(keyOf(site), answer);
  if (answer !== "")
    output.say(`Kept in ${store.place ?? "the login store"}; \`tideway sync ${site} --forget-login\` deletes it.`);
  return loginOf(answer);
};

/** Deletes what was kept for a site. */
export const forgetSiteLogin = (site: string): Promise<void> => loginStore().remove(keyOf(site));
