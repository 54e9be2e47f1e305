import { useState } from "react";
import type { EngineNote } from "../app/app-state.ts";
import { FaultForm } from "./fault-form.tsx";
import { RequestTable } from "./request-table.tsx";
import { SessionTable } from "./session-table.tsx";

interface Props {
  /** What the engine did, newest first. */
  readonly notes: ReadonlyArray<EngineNote>;
  readonly isUploading: boolean;
}

/** The sandbox from inside: make it fail, see each request and what the engine did about it, and the sessions that it holds. */
export const SandboxPanel = ({ notes, isUploading }: Props) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card sandbox" aria-labelledby="sandbox">
      <h2 id="sandbox">The sandbox</h2>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Break it, and see what the upload makes of it</summary>
        {isOpen && (
          <>
            <FaultForm isUploading={isUploading} />
            <h3>What the engine did</h3>
            {notes.length === 0 ? (
              <p className="note">Nothing yet: send something.</p>
            ) : (
              <ol className="notes" reversed>
                {notes.slice(0, 12).map(({ id, text }) => (
                  <li key={id} value={id}>
                    {text}
                  </li>
                ))}
              </ol>
            )}
            <RequestTable />
            <SessionTable />
          </>
        )}
      </details>
    </section>
  );
};
