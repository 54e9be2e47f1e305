import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { usePlatform } from "../platform/control.ts";

const platform = usePlatform();
const program = fileURLToPath(new URL("crashing-program.ts", import.meta.url));
const email = "ann.secret@example.org";
const password = "pass-secret-word";

it("shows no secret and no health value in anything that a failing program writes, its crash included", async () => {
  const on = "POST /dataservices/v1/datasets/s1/data";
  const detail = `value 17.31337 of ${email} is not between 0 and 10`;
  const body = JSON.stringify({ code: "value-out-of-range", title: "t", detail, source: { pointer: "/0/value" } });
  const scripted = [400, 500, 503, 403, 302].map((status) => ({ on, status, body }));
  await platform.set({
    users: { ann: { email, password } },
    scripted: [...scripted, { on, cut: "before" }, { on, status: 400, body }]
  });
  const env = { ...process.env, NODE_OPTIONS: "--trace-warnings --trace-uncaught" };
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, [program, platform.url, email, password], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code, output: `${stdout}\n${stderr}` })
    );
  });
  expect(code).toBe(1);
  for (const tag of ["Refused", "ServerFailed", "Throttled", "Forbidden", "UnexpectedAnswer", "Unanswered"]) {
    expect(output).toContain(tag);
  }
  const request = (await platform.seen()).find(({ path }) => path === "/auth/user");
  const token = String(request?.headers["x-tidepool-session-token"]);
  expect(token).toMatch(/^kc:/);
  const parts = token.split(":").filter((part) => part.length > 3);
  for (const secret of [token, ...parts, email, "ann.secret", password, btoa(`${email}:${password}`), "17.31337"]) {
    // Not toContain: its own failure message would print what it must not.
    expect(output.includes(secret), `a secret of ${secret.length} characters was written`).toBe(false);
  }
});
