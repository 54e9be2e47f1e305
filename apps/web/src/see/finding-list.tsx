import type { Finding } from "../preview/findings.ts";

interface Props {
  readonly findings: ReadonlyArray<Finding>;
  readonly hasConsent: boolean;
  readonly onConsent: (hasConsent: boolean) => void;
}

/** What a person should look at before sending; where it would be stored as something else, a yes is asked for. */
export const FindingList = ({ findings, hasConsent, onConsent }: Props) =>
  findings.length === 0 ? null : (
    <div className="findings">
      {findings.map(({ code, message, needsConsent }) => (
        <div key={`${code} ${message}`} className={needsConsent ? "alert" : "notice"}>
          <p>{message}</p>
        </div>
      ))}
      {findings.some(({ needsConsent }) => needsConsent) && (
        <label className="choice">
          <input type="checkbox" checked={hasConsent} onChange={({ target }) => onConsent(target.checked)} /> The label
          is right: send it like this
        </label>
      )}
    </div>
  );
