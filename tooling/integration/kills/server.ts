// A sandbox in a process of its own, until its parent ends. Says its address on standard output.
import { createSandbox } from "@tideway/sandbox";
import { listen } from "@tideway/sandbox/node";

const sandbox = createSandbox({
  users: [{ userId: "5ada5ada55", email: "kills@tideway.example", tokens: ["a-token-that-works"] }]
});
const { url } = await listen(sandbox, { port: 0 });
console.log(url);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
