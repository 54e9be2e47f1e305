import type { App } from "@tideway/core";

/** The name that requests carry. */
export const ownAgent = "tideway";

/** The `User-Agent` of a program. Throws a TypeError for a name that is not one, or is another program's. */
export const userAgentOf = (app: App | undefined): string => {
  if (app === undefined) return ownAgent;
  const { name, version } = app;
  if (![name, version].every((text) => typeof text === "string" && /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text))) {
    throw new TypeError(
      "app needs a name and a version of visible ASCII characters, such as org.example.app and 1.2.0."
    );
  }
  // Tidepool gives these other tokens: taking their name would be pretending to be them.
  if (/^(?:Tidepool|axios|okhttp|Loop)(?:\/|$)/.test(name)) {
    throw new TypeError("app has another program's name: Tidepool treats that one differently. Use your own.");
  }
  return `${name}/${version} ${ownAgent}`;
};
