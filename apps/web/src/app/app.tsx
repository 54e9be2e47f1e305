import { FileChooser } from "../read/file-chooser.tsx";
import { NeedsForm } from "../read/needs-form.tsx";
import { ReadingProgress } from "../read/reading-progress.tsx";
import { UnreadableAlert } from "../read/unreadable-alert.tsx";
import { ErasePanel } from "../sandbox/erase-panel.tsx";
import { PreviewPage } from "../see/preview-page.tsx";
import { Announcement } from "./announcement.tsx";
import { HowItWorks } from "./how-it-works.tsx";
import { useApp } from "./use-app.ts";

/** The demo: files are looked at, uploaded into a sandbox in this tab, and found again. */
export const App = () => {
  const { state, choose, upload, cancel, pause, undo } = useApp();
  const { shown, reading, unreadable } = state;
  const isUploading = shown.step === "uploading" || shown.step === "checking";
  return (
    <>
      <header>
        <h1>Tideway</h1>
        <p>
          Look at diabetes data, upload it, see that it arrived. <strong>Your file does not leave this machine:</strong>{" "}
          the Tidepool that it is uploaded to is a sandbox inside this browser.
        </p>
      </header>
      <main>
        <Announcement state={state} />
        <FileChooser onFiles={choose} isDisabled={isUploading} />
        {unreadable && <UnreadableAlert {...unreadable} onAnswer={choose} />}
        {reading && <ReadingProgress {...reading} />}
        {shown.step === "choose" && !reading && !unreadable && <HowItWorks />}
        {shown.step === "asking" && <NeedsForm key={shown.selection.now} asked={shown} onAnswer={choose} />}
        {"preview" in shown && (
          <PreviewPage
            key={shown.selection.now}
            shown={shown}
            onUpload={upload}
            notes={state.notes}
            onCancel={cancel}
            onPause={pause}
            onUndo={undo}
            onFiles={choose}
            onAnswer={(answers) => choose(shown.selection.files, answers)}
          />
        )}
      </main>
      <footer className="note">
        <ErasePanel />
        Not a medical device. The numbers follow the international consensus on time in range; do not base treatment on
        them.
      </footer>
    </>
  );
};
