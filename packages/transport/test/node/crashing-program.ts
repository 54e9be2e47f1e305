// A program of its own that uses a login in every way that fails, prints all it gets, and ends in a crash.
import { createTransport, passwordLogin } from "@tideway/transport";

const [environment = "", email = "", password = ""] = process.argv.slice(2);
const credentials = passwordLogin({ email, password });
const transport = createTransport({ environment, credentials });
console.log(transport, credentials, JSON.stringify({ transport, credentials }));
console.log(await transport.currentUser());
process.on("warning", (warning) => console.log(warning));
for (let times = 0; times < 6; times += 1) {
  await transport.postData("s1", '[{"type":"cbg","value":17.31337}]').catch((error: unknown) => {
    console.log(error, String(error), JSON.stringify(error));
    console.error(error);
  });
}
await transport.postData("s1", '[{"type":"cbg","value":17.31337}]');
