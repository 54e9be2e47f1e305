import { UnreadableInput } from "../unreadable-input.ts";
import { firstFault } from "./decode-utf8.ts";

/** So many bytes that are no UTF-8, and one in so many bytes at least: fewer are damage, not another encoding. */
const fewestFaults = 3;
const sparsest = 2048;
/** For each valid character beyond ASCII so many have to be faults: some of another encoding look valid. */
const fewestForValid = 8;

/** UTF-16 of any Western text is half NULs, all on the same side. */
const utf16Of = (sample: Uint8Array): string | undefined => {
  const nuls: [even: number, odd: number] = [0, 0];
  for (let at = 0; at < sample.length; at++) if (sample[at] === 0) nuls[(at % 2) as 0 | 1]++;
  const [even, odd] = nuls;
  const many = sample.length * 0.3;
  if (odd > many && even * 20 < odd) return "utf-16le";
  return even > many && odd * 20 < even ? "utf-16be" : undefined;
};

const canBe = (label: string, sample: Uint8Array): boolean => {
  try {
    // The last character may be cut off. What a code page leaves open becomes a control character, which no text has.
    const text = new TextDecoder(label, { fatal: true }).decode(sample, { stream: true });
    return !/[\u0080-\u009F]/u.test(text);
  } catch {
    return false;
  }
};

const singleByte = ["windows-1252", "windows-1250", "windows-1251"];
const severalBytes = ["shift_jis", "gb18030", "euc-kr", "big5"];

const isText = (sample: Uint8Array): boolean => {
  let controls = 0;
  for (const byte of sample) if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) controls++;
  return controls * 100 <= sample.length;
};

/** The encodings that the start of an input may be in, if it cannot be UTF-8 as a whole. */
const otherEncodings = (sample: Uint8Array): ReadonlyArray<string> => {
  // A character may be cut off at the end.
  const to = sample.length - 3;
  let faults = 0;
  let runs = 0;
  let valid = 0;
  let last = -2;
  for (let from = 0; from < to;) {
    const fault = firstFault(sample, from, sample.length);
    const end = fault < 0 || fault >= to ? to : fault;
    for (let at = from; at < end; at++) if (sample[at]! >= 0xc0) valid++;
    if (end === to) break;
    faults++;
    if (fault !== last + 1) runs++;
    last = fault;
    from = fault + 1;
  }
  if (!isText(sample) || faults < fewestFaults || valid * fewestForValid > faults || faults * sparsest < sample.length)
    return [];
  const likely = faults > 1.5 * runs ? [...severalBytes, ...singleByte] : [...singleByte, ...severalBytes];
  return likely.filter((label) => canBe(label, sample)).slice(0, 4);
};

const tell = (encodings: ReadonlyArray<string>): never => {
  const message = `The input is not UTF-8. It may be ${encodings.join(" or ")}: say which (the option \`encoding\`, or --encoding ${encodings[0]!}), or save it as UTF-8.`;
  throw new UnreadableInput("other-encoding", message);
};

/**
 * Refuses an input that seems to be in another encoding than UTF-8 as a whole, judged by its start. What is damaged here and there passes.
 *
 * @throws {UnreadableInput} with the encodings that would make sense.
 */
export const refuseOtherEncoding = (sample: Uint8Array): void => {
  const utf16 = utf16Of(sample);
  if (utf16 !== undefined) tell([utf16]);
  const others = otherEncodings(sample);
  if (others.length > 0) tell(others);
};
