import type { DateOrder } from "@tideway/sources";
import { describe, expect, it } from "vitest";
import { DateOrderEvidence } from "../src/time/date-order.ts";
import { dateParts, readMoment } from "../src/time/read-moment.ts";

const shown = (text: string, order: DateOrder) => {
  const wall = readMoment(text, order);
  return wall === undefined ? undefined : new Date(wall).toISOString().slice(0, 19);
};

describe("a moment", () => {
  it.each([
    ["05-30-2021 04:59 PM", "mdy", "2021-05-30T16:59:00"],
    ["30-05-2021 16:59", "dmy", "2021-05-30T16:59:00"],
    ["30.05.2021 16:59", "dmy", "2021-05-30T16:59:00"],
    ["2021/05/30 16:59", "dmy", "2021-05-30T16:59:00"],
    ["30/05/2021 16:59", "dmy", "2021-05-30T16:59:00"],
    ["5/30/2021 4:59 pm", "mdy", "2021-05-30T16:59:00"],
    ["2021-05-30T16:59:07", "ymd", "2021-05-30T16:59:07"],
    ["2021-05-30 16:59:07.123", "ymd", "2021-05-30T16:59:07"],
    ["7/9/18 12:00:00 AM", "mdy", "2018-07-09T00:00:00"],
    ["7/9/18 12:30 p. m.", "mdy", "2018-07-09T12:30:00"],
    ["05-30-2021 04:59\u202FPM", "mdy", "2021-05-30T16:59:00"],
    ["01.02.2024", "dmy", "2024-02-01T00:00:00"],
    ["29-02-2024 00:00", "dmy", "2024-02-29T00:00:00"]
  ] as const)("%s by %s is %s", (text, order, expected) => {
    expect(shown(text, order)).toBe(expected);
  });

  it.each([
    ["29-02-2023 00:00", "dmy"],
    ["31-04-2023 00:00", "dmy"],
    ["13-13-2023 00:00", "dmy"],
    ["01-02-2023 24:00", "dmy"],
    ["01-02-2023 13:00 PM", "mdy"],
    ["01-02-2023 00:00 AM", "mdy"],
    ["01-02-2023 10:60", "dmy"],
    ["2023-01-02T10:00:00Z", "ymd"],
    ["2023-01-02T10:00:00+02:00", "ymd"],
    ["01-02-202 10:00", "dmy"],
    ["45000.5", "dmy"],
    ["01-02-2023 10:00", "ymd"],
    ["", "dmy"]
  ] as const)("%s by %s is none", (text, order) => {
    expect(shown(text, order)).toBeUndefined();
  });
});

describe("the order of days and months", () => {
  const decide = (texts: ReadonlyArray<string>, given?: DateOrder, halfDays?: DateOrder) => {
    const evidence = new DateOrderEvidence("a.csv");
    for (const [index, text] of texts.entries())
      evidence.add(dateParts(text)!, { file: "a.csv", row: index + 3, text });
    const decision = evidence.decide(given, halfDays);
    return "order" in decision ? decision.order : decision.need;
  };

  it("is that of any date with a number above 12, wherever it stands", () => {
    expect(decide(["01-02-2021 10:00", "03-04-2021 10:00", "13-04-2021 10:00"])).toBe("dmy");
    expect(decide(["01-02-2021 10:00", "04-13-2021 10:00", "03-04-2021 10:00"])).toBe("mdy");
    expect(decide(["2021/01/02 10:00"])).toBe("ymd");
    // The file knows better than the caller.
    expect(decide(["13-04-2021 10:00"], "mdy")).toBe("dmy");
  });

  it("is the one by which the rows run forward, where only one does", () => {
    expect(decide(["05-01-2021 10:00", "06-01-2021 10:00", "05-02-2021 10:00"])).toBe("dmy");
    expect(decide(["01-05-2021 10:00", "01-06-2021 10:00", "02-05-2021 10:00"])).toBe("mdy");
  });

  it("is asked for where both explain all of it, with rows that show it", () => {
    const texts = ["01-02-2021 10:00", "02-02-2021 10:00", "03-02-2021 10:00"];
    expect(decide(texts)).toMatchObject({
      kind: "date-order",
      choices: ["dmy", "mdy"],
      examples: [
        { file: "a.csv", row: 3, text: "01-02-2021 10:00" },
        { row: 5, text: "03-02-2021 10:00" }
      ]
    });
    expect(decide(texts, "mdy")).toBe("mdy");
    expect(decide(["01-02-2021 10:00 AM", "02-02-2021 10:00 AM"], undefined, "mdy")).toBe("mdy");
  });

  it("is asked for where a spreadsheet has turned some of the dates", () => {
    const texts = ["01-02-2021 10:00", "13-02-2021 10:00", "02-14-2021 10:00"];
    expect(decide(texts)).toMatchObject({ kind: "date-order", examples: [{ row: 4 }, { row: 5 }] });
  });

  it("does not matter where day and month are equal", () => {
    expect(decide(["02-02-2021 10:00"])).toBe("dmy");
  });
});
