import type * as z from "zod/mini";
import { annotate } from "../rule/annotate.ts";
import type { Fault, Part, Zod } from "../rule/rule.ts";
import { scalar } from "../rule/scalar.ts";
import { emptyText, storedText, unreadableText } from "../rule/text.ts";

/** Bytes that an address may have. */
const maxBytes = 2047;
const tooLong: Fault = { code: "length-out-of-range", text: `must have at most ${maxBytes} bytes` };
const notUrl: Fault = { code: "value-not-valid", text: "must be an address with scheme and host" };

/** An address with scheme and host, up to 2,047 bytes. */
export const url = (): Part<z.ZodMiniString<string>> => {
  const refused = (text: string): Fault | undefined => {
    if (text === "") return emptyText;
    if (!isUrl(text)) return notUrl;
    return new TextEncoder().encode(text).length > maxBytes ? tooLong : undefined;
  };
  const zod = (z: Zod) =>
    z.string().check(
      z.refine((text) => refused(text) === undefined),
      // Not `format: "uri"`: checkers of JSON Schema refuse what Go takes, such as ports above 65535.
      annotate(z, {
        description: "It must be an address with scheme and host.",
        pattern: schemeAndHost.source,
        maxLength: maxBytes
      })
    );
  return scalar(zod, { unreadable: unreadableText, refused, store: storedText });
};

const schemeAndHost = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]/;
const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)/;
const badEscape = /%(?![0-9A-Fa-f]{2})/;
const hostCharacters = /^[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"\u0080-\u{10ffff}%]*$/u;
const userCharacters = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const port = /^(?::\d*)?$/;

/** Whether Go's `net/url` parses the text and finds a scheme and a host in it. */
export const isUrl = (text: string): boolean => {
  if (hasControl(text)) return false;
  const [whole = "", , authority = ""] = scheme.exec(text) ?? [];
  if (authority === "") return false;
  const at = authority.lastIndexOf("@");
  const user = authority.slice(0, Math.max(at, 0));
  const host = authority.slice(at + 1);
  if (host === "" || !userCharacters.test(user) || badEscape.test(user)) return false;
  const [rest = "", fragment = ""] = splitOnce(text.slice(whole.length), "#");
  const [path = ""] = splitOnce(rest, "?");
  return hostIsGood(host) && !badEscape.test(path) && !badEscape.test(fragment);
};

const hostIsGood = (host: string): boolean => {
  if (host.includes("[") || host.includes("]")) return addressIsGood(host);
  if (!hostCharacters.test(host) || badEscape.test(host)) return false;
  const colon = host.indexOf(":");
  // Escapes in a host stand for bytes beyond ASCII only, and for the percent sign.
  return (colon < 0 || port.test(host.slice(colon))) && !/%(?!25)[0-7]/.test(host);
};

/** `[::1]:80`: only IPv6 stands in brackets, with a zone perhaps. */
const addressIsGood = (host: string): boolean => {
  const [, address = "", zone, rest = ""] = /^\[([0-9A-Fa-f:.]+)(?:%25([^\]]*))?\](.*)$/.exec(host) ?? [];
  if (!address.includes(":") || zone === "" || !port.test(rest)) return false;
  return URL.canParse(`http://[${address}]`);
};

const splitOnce = (text: string, mark: string): ReadonlyArray<string> => {
  const index = text.indexOf(mark);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
};

const hasControl = (text: string): boolean => {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
};
