import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startWorker } from "../worker/start-worker.ts";
import { createWorkerClient } from "../worker/worker-client.ts";
import { App } from "./app.tsx";
import { ServicesProvider } from "./services.tsx";

const root = document.getElementById("root");
// A file dropped beside the field must not replace the page, and the sandbox with it.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <ServicesProvider services={{ worker: createWorkerClient(startWorker) }}>
        <App />
      </ServicesProvider>
    </StrictMode>
  );
}
