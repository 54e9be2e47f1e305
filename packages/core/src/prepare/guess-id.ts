const given = /"origin"\s*:\s*\{[^{}]*?"id"\s*:\s*"([^"\\]{1,100})"/u;
const own = /"id"\s*:\s*"([^"\\]{1,80})"/u;
const type = /"type"\s*:\s*"([A-Za-z]{1,40})"/u;

/**
 * The origin id that a datum's JSON text seems to have, told without parsing. Only a guess, good enough to ask the ledger:
 * whether it knows this very text under that id decides.
 */
export const guessId = (text: string): string | undefined => {
  const found = given.exec(text);
  if (found) return found[1];
  const [id, kind] = [own.exec(text), type.exec(text)];
  return id && kind ? `${kind[1]}:${id[1]}` : undefined;
};
