import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

const root = document.getElementById("root");
// A file dropped beside the field must not replace the page, and the sandbox with it.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>
  );
}
