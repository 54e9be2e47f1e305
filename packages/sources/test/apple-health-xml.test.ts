import { UnreadableInput } from "@tideway/sources";
import { array, assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { ElementScanner } from "../src/formats/apple-health/element-scanner.ts";
import { carbs, element, glucose, head, healthText, heart, insulin } from "./apple-health-file.ts";

const scan = (text: string | Uint8Array, ...sizes: ReadonlyArray<number>) => {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const scanner = new ElementScanner("export.xml");
  const items = [];
  let from = 0;
  for (let turn = 0; from < bytes.length; turn++) {
    const size = sizes.length === 0 ? bytes.length : sizes[turn % sizes.length]!;
    items.push(...scanner.push(bytes.slice(from, from + size)));
    from += size;
  }
  return [...items, ...scanner.end()];
};

const values = (...found: Parameters<typeof scan>) =>
  scan(...found).map((item) => ("fault" in item ? item.fault.code : item.attributes.get("value")));

const bare = (attributes: string) => `<Record ${attributes}/>`;
const type = 'type="HKQuantityTypeIdentifierBloodGlucose"';

describe("the records of an export.xml", () => {
  it.each([
    ["attributes in another order", bare(`value="7" unit="mg/dL" ${type}`)],
    ["single quotes", bare(`type='HKQuantityTypeIdentifierBloodGlucose' value='7'`)],
    ["one kind of quotes inside the other", bare(`${type} sourceName='a "b" <Record> c' value="7"`)],
    ["text that is not ASCII", bare(`${type} sourceName="Юрий’s iPhone 日本 🚀" value="7"`)],
    ["> in a value", bare(`${type} unit="mmol<180.1558800000541>/L" value="7"`)],
    ["white space of every kind", `<Record\n\t ${type}\r\n value = "7"\n\t/>`],
    ["line breaks between the attributes", `<Record\n${type}\nvalue="7"\n></Record\n>`],
    ["a type written with references", bare(`type="HKQuantityTypeIdentifierBlood&#71;lucos&#x65;" value="7"`)],
    [
      "control characters",
      bare(`type="HKQuantityTypeIdentifier\u000BBloodGlucose" sourceName="\u0000a" value="\u00017"`)
    ],
    ["spaces in the name of an attribute", bare(`HK Some Thing="3" ${type} value="7"`)],
    ["an attribute that is nearly one of ours", bare(`xtype="HKQuantityTypeIdentifierStepCount" ${type} value="7"`)]
  ])("are found with %s", (_, xml) => {
    expect(values(`${head}${heart({})}${xml}${heart({})}`)).toEqual(["7"]);
    for (const size of [1, 2, 3, 5, 64, 97])
      expect(values(`${head}${heart({})}${xml}${heart({})}`, size)).toEqual(["7"]);
  });

  it.each([
    ["a comment", `<!-- ${bare(`${type} value="8"`)} -- > - -->`],
    ["CDATA", `<![CDATA[ ]] > ${bare(`${type} value="8"`)} ]]>`],
    ["a value of another record", heart({ sourceName: `<Record ${type} value="8"/>` })],
    ["another kind of record", bare(`type="HKQuantityTypeIdentifierBloodGlucoseX" value="8"`)],
    ["another element", `<RecordX ${type} value="8"/><Records ${type} value="8"/>`],
    ["the value of another attribute", bare(`type="HKQuantityTypeIdentifierHeartRate" sourceName='${type}' value="8"`)]
  ])("are not those in %s", (_, xml) => {
    const text = `${head}${xml}${glucose({ value: 7 })}`;
    expect(values(text)).toEqual(["7"]);
    for (const size of [1, 2, 3, 5, 64, 97]) expect(values(text, size)).toEqual(["7"]);
  });

  it("survive a DTD that is broken, several roots, and end tags that are missing", () => {
    const lost = glucose({ value: 2 }, { HKWasUserEntered: 1 }).replace("</Record>", "");
    const text = `${healthText(glucose({ value: 1 }))}${healthText(lost, glucose({ value: 3 }))}`;
    const items = scan(text);
    expect(items.map((item) => "attributes" in item && [item.attributes.get("value"), item.metadata.size])).toEqual([
      ["1", 0],
      ["2", 1],
      ["3", 0]
    ]);
  });

  it("have their own metadata, and not that of a neighbour or of the correlation around them", () => {
    const inner = glucose({ value: 2 });
    const text = healthText(
      glucose({ value: 1 }, { HKWasUserEntered: 1 }),
      heart({}, { HKWasUserEntered: 1, HKTimeZone: "Europe/Berlin" }),
      element("Correlation", { type: "HKCorrelationTypeIdentifierFood" }, { HKTimeZone: "Europe/Berlin" }, [inner]),
      insulin({ value: 3 }, { HKInsulinDeliveryReason: 2, HKFoodType: "Yuri's cake" })
    );
    const found = scan(text).map((item) => "metadata" in item && Object.fromEntries(item.metadata));
    expect(found).toEqual([{ HKWasUserEntered: "1" }, {}, { HKInsulinDeliveryReason: "2" }]);
  });

  it("are told by their line, one that is damaged as itself only", () => {
    const good = glucose({ value: 5 });
    const text = (middle: string) => `${good}${heart({})}${middle}${good}`;
    const rows = (middle: string) =>
      scan(text(middle)).map((item) => [item.row, "fault" in item ? item.fault.code : ""]);
    expect(rows(good)).toEqual([
      [1, ""],
      [3, ""],
      [4, ""]
    ]);
    for (const middle of [
      good.replace('unit="', "unit="),
      good.replace('value="5"', 'value="5'),
      good.replace('value="5"', 'value="5" value="6"'),
      good.replace("Dexcom", "&secret;"),
      good.replace("/>", "")
    ]) {
      expect(rows(middle)).toEqual([
        [1, ""],
        [3, "bad-xml"],
        [4, ""]
      ]);
    }
    const damaged = insulin({ value: 3 }, { HKInsulinDeliveryReason: 1 }).replace('key="HKIns', "key=HKIns");
    expect(rows(damaged)).toEqual([
      [1, ""],
      [3, "bad-xml"],
      [6, ""]
    ]);
  });

  it("are refused where they hold bytes that are no text", () => {
    const bytes = Buffer.from(healthText(glucose({ sourceName: "X\u00E9" }), glucose({ value: 7 })), "latin1");
    expect(values(bytes)).toEqual(["undecodable", "7"]);
  });

  it.each([
    ["a tag", "<Record type="],
    ["a comment", "<!-- "]
  ])("end with a problem where the file ends inside %s", (_, end) => {
    expect(values(`${head}${glucose({ value: 7 })}${end}`)).toEqual(["7", "cut-short"]);
  });

  it("are the same however the bytes come", () => {
    const text = healthText(
      glucose({ sourceName: "Юрий 🚀" }, { HKWasUserEntered: 1 }),
      `<!-- > -->`,
      heart({}, { a: "ü" }),
      carbs({ sourceName: "日本" }),
      glucose({ value: 3 }).replace('unit="', "unit=")
    );
    const expected = scan(text);
    assert(
      property(array(integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 9 }), (sizes) => {
        expect(scan(text, ...sizes)).toEqual(expected);
      }),
      { numRuns: 200 }
    );
  });

  it("hold no entities: a file that defines some is refused", () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE HealthData [<!ENTITY a "dose"><!ENTITY b "&a;&a;&a;&a;">]><HealthData>`;
    expect(() => scan(bomb)).toThrow(UnreadableInput);
    expect(() => scan(bomb, 1)).toThrow(/defines entities/u);
  });
});
