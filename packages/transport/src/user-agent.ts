/** The name that requests carry. */
export const ownAgent = "tideway";

/** The `User-Agent` of a program. Throws a TypeError for a name that is not one, or is another program's. */
export function clientAgent(clientName: string | undefined): string {
  if (clientName === undefined) return ownAgent;
  if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(clientName)) {
    throw new TypeError("clientName has to be words of visible ASCII characters, such as org.example.app/1.2.0.");
  }
  // Tidepool gives these other tokens: taking their name would be pretending to be them.
  if (/^(?:Tidepool|axios|okhttp|Loop)\//.test(clientName)) {
    throw new TypeError("clientName is another program's name: Tidepool treats that one differently. Use your own.");
  }
  return `${clientName} ${ownAgent}`;
}
