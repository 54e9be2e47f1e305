import { expect, it } from "vitest";
import { RowDatum, rowProblem } from "../src/row-entry.ts";

it("says where a row's datum or problem stands", () => {
  expect(new RowDatum({ type: "cbg" }, "a.csv", 7)).toMatchObject({ datum: { type: "cbg" }, at: "row 7 of a.csv" });
  const problem = { outcome: "rejected", code: "no-time", message: "No time.", file: "a.csv", row: 7 } as const;
  expect(rowProblem(problem).at).toBe("row 7 of a.csv");
  expect(rowProblem({ ...problem, column: "Time" }).at).toBe("row 7 of a.csv, column Time");
});
