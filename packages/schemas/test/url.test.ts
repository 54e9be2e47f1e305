import { check } from "@tideway/schemas";
import { describe, expect, it } from "vitest";

const told = (url: string): ReadonlyArray<string> => {
  const verdict = check({ type: "food", time: "2026-05-14T08:17:08Z", associations: [{ type: "url", url }] });
  return verdict.ok ? [] : verdict.issues.map(({ code }) => code);
};

describe("the address of an association", () => {
  it.each([
    "http://h",
    "HTTP://x",
    "foo://h",
    "a1+-.://h",
    "http://h?a b",
    "http://h/ ",
    "ftp://u:p@h",
    "http://@h",
    "http://:80",
    "http://h:",
    "http://[::1]:80/p",
    "http://[fe80::1%25en0]/",
    "http://münchen.de",
    "http://h%C3%BC/",
    "http://h%25/"
  ])("may be %s, as Go reads it", (url) => expect(told(url)).toEqual([]));

  it.each([
    "h",
    "http:h",
    "http://",
    "http:///p",
    "http://?q",
    "//h",
    "1http://h",
    " http://h",
    "http://h h",
    "http://h:port",
    "http://h/%zz",
    "http://h#%zz",
    "http://h%41",
    "http://u u@h",
    "http://h\n",
    "http://[::1",
    "http://[h]",
    "http://[127.0.0.1]",
    "http://::1/",
    "mailto:a@b"
  ])("may not be %j", (url) => expect(told(url)).toEqual(["value-not-valid"]));

  it("is counted in bytes, once it is known to be one", () => {
    expect(told(`http://h/${"é".repeat(1019)}`)).toEqual([]);
    expect(told(`http://h/${"é".repeat(1020)}`)).toEqual(["length-out-of-range"]);
    expect(told("x".repeat(3000))).toEqual(["value-not-valid"]);
    expect(told("")).toEqual(["value-empty"]);
  });
});
