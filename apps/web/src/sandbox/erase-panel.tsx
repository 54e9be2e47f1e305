import { useState } from "react";
import { useServices } from "../app/services.tsx";

/** Deletes what this page has kept in the browser: the sandbox with its data, the ledger, the preferences. */
export const ErasePanel = () => {
  const { worker } = useServices();
  const [state, setState] = useState<"idle" | "asked" | "failed">("idle");
  const erase = async (): Promise<void> => {
    try {
      await worker.ask((api) => api.erase());
      localStorage.clear();
      location.reload();
    } catch {
      setState("failed");
    }
  };
  return (
    <p>
      What you send is kept in this browser alone, until you{" "}
      {state === "idle" ? (
        <button type="button" onClick={() => setState("asked")}>
          Erase it
        </button>
      ) : (
        <>
          <button type="button" onClick={erase}>
            Yes, erase everything this page has kept
          </button>{" "}
          <button type="button" onClick={() => setState("idle")}>
            Keep it
          </button>
        </>
      )}
      {state === "failed" && (
        <span role="alert"> It could not be erased: close other tabs of this page, and try again.</span>
      )}
    </p>
  );
};
