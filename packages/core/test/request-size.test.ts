import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type RequestSize,
  afterAcknowledged,
  afterRefusal,
  afterSilence,
  defaultSizing,
  startingSize
} from "../src/policy/request-size.ts";

const policyLimit = 1_048_576;

/** Sends so many bytes over a line that loses, or refuses, all that is larger than its limit; always as much as may go. */
const sendAll = (total: number, line: number, fail: (size: RequestSize, bytes: number) => RequestSize) => {
  let size = startingSize(policyLimit, defaultSizing);
  let failed = 0;
  let requests = 0;
  for (let left = total; left > 0 && requests < 1e6; requests++) {
    const bytes = Math.min(size.most, left);
    if (bytes > line) {
      failed++;
      size = fail(size, bytes);
    } else {
      left -= bytes;
      size = afterAcknowledged(size, bytes, defaultSizing);
    }
  }
  return { failed, requests, size };
};

const silent = (size: RequestSize, bytes: number) => afterSilence(size, bytes, false);

describe("the size of requests", () => {
  it("finds any limit of a line with few requests that get no answer, and uses at least a third of it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: policyLimit }), (line) => {
        const { failed, requests } = sendAll(line * 300, line, silent);
        expect(failed).toBeLessThanOrEqual(20);
        expect(requests).toBeLessThanOrEqual(900);
      })
    );
  });

  it("finds the limit of a server that refuses what is too large as well", () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: policyLimit }), (line) => {
        const { failed, requests } = sendAll(line * 300, line, afterRefusal);
        expect(failed).toBeLessThanOrEqual(25);
        expect(requests).toBeLessThanOrEqual(900);
      })
    );
  });

  it("stays between one byte and the limit whatever happens, and halves at least at each silence of the largest", () => {
    const event = fc.record({
      how: fc.constantFrom("acknowledged", "silent", "refused", "lost though as large got through"),
      part: fc.double({ min: 0.01, max: 1, noNaN: true })
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        let size = startingSize(policyLimit, defaultSizing);
        for (const { how, part } of events) {
          const bytes = Math.max(Math.round(size.most * part), 1);
          const before = size;
          if (how === "acknowledged") size = afterAcknowledged(size, bytes, defaultSizing);
          else if (how === "refused") size = afterRefusal(size, bytes);
          else size = afterSilence(size, bytes, how !== "silent");
          expect(size.most).toBeGreaterThanOrEqual(1);
          expect(size.most).toBeLessThanOrEqual(policyLimit);
          if (how === "silent" && bytes > 1) {
            expect(size.most).toBeLessThanOrEqual(Math.max(bytes / 2, before.proven < bytes ? before.proven : 0));
          }
          if (how === "refused" && bytes > 1) expect(size.most).toBeLessThan(bytes);
        }
      })
    );
  });

  it("is what it was after a loss that was not for its size", () => {
    const start = startingSize(policyLimit, defaultSizing);
    const lost = afterSilence(start, 10_000, false);
    expect(lost.most).toBe(5000);
    expect(afterAcknowledged(lost, 10_000, defaultSizing).most).toBe(policyLimit);
    expect(afterSilence(start, 10_000, true).most).toBe(policyLimit);
  });

  it("grows to the limit again when the line is good again", () => {
    let size = startingSize(policyLimit, defaultSizing);
    for (let count = 0; count < 5; count++) size = afterSilence(size, size.most, false);
    expect(size.most).toBeLessThan(100);
    let sent = 0;
    while (size.most < policyLimit && sent < 1000) {
      size = afterAcknowledged(size, size.most, defaultSizing);
      sent++;
    }
    expect(sent).toBeLessThan(250);
  });
});
