import { expect, it } from "vitest";
import { countInside, createReasons, reasonLines } from "../src/output/reasons.ts";
import { receiptLines, receiptSentence } from "../src/output/receipt-lines.ts";

const counts = { read: 12_345, sent: 12_000, unchanged: 0, rejected: 300, skipped: 45 };

it("lists kinds by how many there are, with the columns that say something", () => {
  const few = { read: 5, sent: 5, unchanged: 0, rejected: 0, skipped: 0 };
  const lines = receiptLines({ ...counts, kinds: { smbg: few, unknown: { ...few, read: 6 }, cbg: counts } });
  expect(lines).toEqual([
    "kind            read       sent    refused   left out",
    "cbg           12,345     12,000        300         45",
    "(no kind)          6          5          0          0",
    "smbg               5          5          0          0",
    "all           12,345     12,000        300         45"
  ]);
});

it("says the outcome in a sentence, without calling left out what went inside another datum", () => {
  expect(receiptSentence(counts, { inside: 40, dryRun: false })).toBe(
    "12,000 datums sent, 40 inside the datums they belong to, 300 refused, 5 left out."
  );
  const one = { read: 1, sent: 1, unchanged: 0, rejected: 0, skipped: 0 };
  expect(receiptSentence(one, { inside: 0, dryRun: true })).toBe("up to 1 datum would be sent.");
});

it("tells a million rejections by their reasons, the most frequent first, and where each was first seen", () => {
  const reasons = createReasons();
  const rejection = { outcome: "rejected", by: "check", message: "/value must be given.", index: 0 } as const;
  const issue = (pointer: string) => ({ pointer, code: "value-not-exists", message: "" });
  for (let line = 1; line <= 3; line++) {
    const at = `line ${line}`;
    reasons.add({ ...rejection, at, code: "value-not-exists", kind: "cbg", issues: [issue("/value")] });
  }
  reasons.add({ ...rejection, at: "line 9", code: "not-json", message: "This is not JSON.", issues: [] });
  reasons.add({ ...rejection, outcome: "skipped", by: "source", at: "line 10", code: "inside-another", issues: [] });
  expect(countInside(reasons.all())).toBe(1);
  expect(reasonLines(reasons.all())).toEqual([
    "  3 refused (cbg, value-not-exists), first at line 1: /value must be given.",
    "  1 refused (not-json), first at line 9: This is not JSON."
  ]);
  expect(reasonLines(reasons.all(), 1).at(-1)).toContain("1 more reason; --report FILE");
});
