import { expect, it } from "vitest";

it("is ready for its first test", () => expect(1).toBe(1));
