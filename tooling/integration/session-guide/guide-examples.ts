import { readFileSync } from "node:fs";
import type { Example } from "./example.ts";

const block = /^```json(?<info>[^\n]*)\n(?<text>.*?)^```$/gmsu;

// The guide has a remark inside a body.
const parse = (text: string): unknown => JSON.parse(text.replaceAll(/^\s*\/\/.*$/gmu, ""));

/** The requests and sample answers of Tidepool's guide to continuous sessions, out of its fenced blocks. */
export const readGuide = (path: URL): ReadonlyArray<Example> => {
  const examples: Array<Example> = [];
  for (const { groups } of readFileSync(path, "utf8").matchAll(block)) {
    const { info = "", text = "" } = groups ?? {};
    if (info.includes("Sample Response")) {
      const asked = examples.pop();
      if (asked === undefined) throw new Error("The guide shows an answer before any request.");
      examples.push({ ...asked, answer: parse(text) });
    } else {
      const request = parse(text) as Example["request"];
      examples.push({ title: `request ${examples.length + 1}`, request });
    }
  }
  return examples;
};
