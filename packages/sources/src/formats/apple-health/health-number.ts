/** A number as Apple Health writes it, with a decimal point and perhaps an exponent; `undefined` for anything else. */
export const healthNumber = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\s*[+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?\s*$/iu.test(text)) return undefined;
  return Number(text);
};
