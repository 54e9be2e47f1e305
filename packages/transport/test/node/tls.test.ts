import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { connect, createServer as createTcpServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { createTransport, fixedToken } from "@tideway/transport";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

// Made for this test: signed by nobody, and for no host but localhost.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzYn2T5vLzDgKa/fl
m0T/35/PW6YgcAVjxlAwHeUH2HGhRANCAAQ/xAL8dPp+wH283IkEAn1ymH9hFbvk
+zd9vwru3YwCz1LO54PU0JAUK4mKo5UO5apE6wBG9h1wO6lcL/ny7TlK
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUTGd1z5tUXihicqglzvKkivHk8TEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjIyNDkyM1oYDzIxMjYxMDI5
MjI0OTIzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ/xAL8dPp+wH283IkEAn1ymH9hFbvk+zd9vwru3YwCz1LO54PU0JAU
K4mKo5UO5apE6wBG9h1wO6lcL/ny7TlKo2kwZzAdBgNVHQ4EFgQU4pYXAllyjzs3
SUj45qn0uzlf65cwHwYDVR0jBBgwFoAU4pYXAllyjzs3SUj45qn0uzlf65cwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgdZYNn9MKjyIsdX8MLFtA6/Fa3yl6uzHQ+9izh767dFcCIQDGPp1kgHwr
IbPYxdIL3P65tF0jC3v5e0SlSmOXrC+lcw==
-----END CERTIFICATE-----`;

const seen: Array<string> = [];
const server = createServer({ key, cert }, (request, response) => {
  seen.push(request.url ?? "");
  response.end("[]");
});
const credentials = fixedToken("token-ann");
const environment = () => `https://localhost:${(server.address() as AddressInfo).port}`;
const variable = "NODE_TLS_REJECT_UNAUTHORIZED";

beforeAll(() => new Promise<void>((resolve) => server.listen(0, resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterEach(() => {
  delete process.env[variable];
});

it("sends nothing to a server whose certificate nobody vouches for", async () => {
  const transport = createTransport({ environment: environment(), credentials });
  await expect(transport.listDataSets("ann", {})).rejects.toMatchObject({
    _tag: "Unreachable",
    message: expect.stringMatching(/could not prove who it is \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/)
  });
  expect(seen).toEqual([]);
});

it("does not work where somebody has switched the check of certificates off", async () => {
  process.env[variable] = "0";
  expect(() => createTransport({ environment: environment(), credentials })).toThrow(variable);
  expect(() => createTransport({ environment: "production", credentials })).toThrow(variable);
  expect(() => createTransport({ environment: "http://localhost:8009", credentials })).not.toThrow();
});

it("does not take a connection that is damaged after the request was carried out for one that was never made", async () => {
  const damage: Array<() => void> = [];
  const carriedOut = createServer({ key, cert }, (request) => {
    request.resume();
    request.on("end", () => damage.forEach((go) => go()));
  });
  // Between the two ends, as a faulty middlebox would be.
  const between = createTcpServer((client) => {
    const upstream = connect((carriedOut.address() as AddressInfo).port, "localhost");
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on("error", () => undefined);
    damage.push(() => {
      upstream.unpipe(client);
      client.write(Uint8Array.from([0x17, 3, 3, 0, 30, ...Array.from({ length: 30 }, () => 7)]));
    });
  });
  await Promise.all([carriedOut, between].map((one) => new Promise<void>((resolve) => one.listen(0, resolve))));
  const program = `
    import { createTransport, fixedToken } from "@tideway/transport";
    const environment = "https://localhost:${(between.address() as AddressInfo).port}";
    const { postData } = createTransport({ environment, credentials: fixedToken("t") });
    console.log(await postData("s1", "[]").then(() => "sent", ({ _tag }) => _tag));
  `;
  const authority = join(mkdtempSync(join(tmpdir(), "tideway-tls-")), "authority.pem");
  writeFileSync(authority, cert);
  // Node reads its authorities at its start.
  const child = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: import.meta.dirname,
    env: { ...process.env, NODE_EXTRA_CA_CERTS: authority }
  });
  const { stdout } = await child;
  expect(stdout.trim()).toBe("Unanswered");
  rmSync(dirname(authority), { recursive: true });
  for (const one of [carriedOut, between]) one.close();
});
