import { expect, it } from "vitest";
import { formatWrittenDate } from "../src/format/written-date.ts";

it.for([
  ["03/04/2026 10:15", "dmy", "3 April 2026"],
  ["03/04/2026 10:15", "mdy", "4 March 2026"],
  ["3.4.26", "dmy", "3 April 2026"],
  ["01-02-03", "ymd", "3 February 2001"],
  ["13/04/2026", "mdy", undefined]
] as const)("reads %s as %s: %s", ([text, order, meaning]) => expect(formatWrittenDate(text, order)).toBe(meaning));
