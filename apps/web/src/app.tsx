import { sayBytes, sayCount } from "./say/number.ts";
import { useDemo } from "./use-demo.ts";
import { Announcement } from "./view/announcement.tsx";
import { DaysCard } from "./view/days-card.tsx";
import { FileChooser } from "./view/file-chooser.tsx";
import { HowItGoes } from "./view/how-it-goes.tsx";
import { KindCounts } from "./view/kind-counts.tsx";
import { PreviewView } from "./view/preview-view.tsx";
import { ProblemList } from "./view/problem-list.tsx";
import { ReceiptView } from "./view/receipt-view.tsx";
import { UploadPanel } from "./view/upload-panel.tsx";

/** The demo: a file is looked at, uploaded into a sandbox in this tab, and found again. */
export const App = () => {
  const { state, choose, upload, cancel } = useDemo();
  const busy = state.step === "reading" || state.step === "uploading" || state.step === "checking";
  return (
    <>
      <header>
        <h1>Tideway</h1>
        <p>
          Look at diabetes data, upload it, see that it arrived. <strong>Your file does not leave this machine:</strong>{" "}
          the Tidepool that it is uploaded to is a sandbox inside this tab, gone when the tab is closed.
        </p>
      </header>
      <main>
        <Announcement state={state} />
        <FileChooser onFile={choose} disabled={busy} />
        {state.step === "choose" && state.error !== undefined && (
          <p role="alert" className="alert">
            {state.error}
          </p>
        )}
        {state.step === "choose" && <HowItGoes />}
        {state.step === "reading" && (
          <p>
            Reading {state.name}… {state.seen > 0 && sayCount(state.seen, "datum")}
          </p>
        )}
        {"preview" in state && (
          <div className="columns" key={`${state.preview.file.name}${state.preview.file.lastModified}`}>
            <section className="card side" aria-labelledby="file">
              <h2 id="file">{state.preview.file.name}</h2>
              <p>
                {sayCount(state.preview.total, "datum")}, {sayBytes(state.preview.file.size)}
              </p>
              <UploadPanel state={state} onUpload={upload} onCancel={cancel} />
              <ProblemList problems={state.preview.problems} />
              <KindCounts kinds={state.preview.kinds} />
            </section>
            <div className="stack">
              {state.step === "done" && <ReceiptView outcome={state.outcome} />}
              <DaysCard state={state} />
              <PreviewView preview={state.preview} />
            </div>
          </div>
        )}
      </main>
      <footer className="note">
        Not a medical device. The numbers follow the international consensus on time in range; do not base treatment on
        them.
      </footer>
    </>
  );
};
