import { createTransport, fixedToken, isBlockedPort } from "@tideway/transport";
import { expect, it } from "vitest";

const reasonOf = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => "answered",
    (error: Error) => String((error.cause as Error).message)
  );

it("knows the ports that fetch refuses, and no other of those next to them", async () => {
  const near = new Set<number>();
  for (let port = 1; port < 11_000; port++) {
    if (isBlockedPort(port)) for (const other of [port - 1, port, port + 1]) near.add(other);
  }
  near.delete(0);
  for (const port of near) expect([port, (await reasonOf(port)) === "bad port"]).toEqual([port, isBlockedPort(port)]);
});

it("an address with such a port is refused in words, and not as a network that is down", () => {
  const open = (environment: string) => () => createTransport({ environment, credentials: fixedToken("token") });
  expect(open("http://127.0.0.1:6000")).toThrow(/port 6000.*another port/u);
  expect(open("https://tidepool.example:25/api")).toThrow(TypeError);
  expect(open("http://127.0.0.1:8009")).not.toThrow();
  expect(open("https://tidepool.example")).not.toThrow();
});
