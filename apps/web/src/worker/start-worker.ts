import { default as workerUrl } from "./worker.ts?worker&url";

/**
 * Starts the worker from a `blob:` that imports it. A worker with an address of its own would have only the policy that its host
 * sends with it, and a static host sends none; one from a `blob:` has the page's, which forbids every connection.
 */
export const startWorker = (): Worker => {
  const script = `import ${JSON.stringify(new URL(workerUrl, location.href).href)};`;
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(address), { once: true });
  return worker;
};
