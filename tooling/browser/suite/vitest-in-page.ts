import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState
} from "@vitest/expect";

// Stands in for `vitest` where test files run in a page or a worker: vitest's own `expect`, and as much of its runner
// as those files use.

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

const bare = (value: unknown, message?: string) => {
  setState({ assertionCalls: getState(bare as never).assertionCalls + 1 }, bare as never);
  return chai.expect(value, message);
};
export const expect = Object.assign(
  bare,
  chai.expect,
  (globalThis as unknown as Record<symbol, object>)[ASYMMETRIC_MATCHERS_OBJECT]
);
setState(
  {
    assertionCalls: 0,
    isExpectingAssertions: false,
    isExpectingAssertionsError: null,
    expectedAssertionsNumber: null,
    expectedAssertionsNumberErrorGen: null
  },
  expect as never
);

type Work = (...args: ReadonlyArray<never>) => unknown;
interface Test {
  readonly name: string;
  readonly work: (() => unknown) | undefined;
}

/** What became of one test. */
export interface Outcome {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly error?: string;
}

let tests: Array<Test> = [];
let hooks = { beforeAll: [] as Array<Work>, beforeEach: [] as Array<Work>, afterAll: [] as Array<Work> };

const register = (name: string, work: Work) => void tests.push({ name, work: () => work() });
const skip = (name: string) => void tests.push({ name, work: undefined });

const each =
  (cases: ReadonlyArray<unknown>) =>
  (name: string, work: Work): void => {
    for (const one of cases) {
      const values = Array.isArray(one) ? one : [one];
      let next = 0;
      const filled = name.replaceAll(/%[sij]/g, (format) => {
        const value = values[next++] as unknown;
        return format === "%j" ? JSON.stringify(value) : String(value);
      });
      tests.push({ name: filled, work: () => work(...(values as unknown as ReadonlyArray<never>)) });
    }
  };

export const it = Object.assign(register, {
  each,
  skip,
  skipIf: (condition: boolean) => (condition ? skip : register)
});
export const beforeAll = (work: Work) => void hooks.beforeAll.push(work);
export const beforeEach = (work: Work) => void hooks.beforeEach.push(work);
export const afterAll = (work: Work) => void hooks.afterAll.push(work);

/** Loads a test file and runs its tests, one after the other. */
export const runFile = async (load: () => Promise<unknown>): Promise<ReadonlyArray<Outcome>> => {
  tests = [];
  hooks = { beforeAll: [], beforeEach: [], afterAll: [] };
  await load();
  const outcomes: Array<Outcome> = [];
  for (const hook of hooks.beforeAll) await hook();
  for (const { name, work } of tests) outcomes.push(await runTest(name, work));
  for (const hook of hooks.afterAll) await hook();
  return outcomes;
};

const runTest = async (name: string, work: (() => unknown) | undefined): Promise<Outcome> => {
  if (work === undefined) return { name, outcome: "skipped" };
  try {
    for (const hook of hooks.beforeEach) await hook();
    await work();
    return { name, outcome: "passed" };
  } catch (error) {
    return { name, outcome: "failed", error: error instanceof Error ? error.message : String(error) };
  }
};
