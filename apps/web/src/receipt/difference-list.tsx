import type { Difference } from "@tideway/core";
import { formatNumber } from "../format/number.ts";
import { isFault } from "./receipt-sentences.ts";

const shown = 50;

const foundNames: { readonly [F in Difference["found"]]: string } = {
  missing: "not there",
  different: "there with other values",
  doubled: "there more than once",
  extra: "not in these files"
};

/** What is not in the session as it was sent: which datum, and which of its members differ. */
export const DifferenceList = ({ differences }: { readonly differences: ReadonlyArray<Difference> }) => {
  const faults = differences.filter(isFault);
  if (faults.length === 0) return null;
  return (
    <section aria-label="What differs">
      <ul className="rejections">
        {faults.slice(0, shown).map(({ originId, found, pointers }) => (
          <li key={`${originId} ${found}`}>
            <strong>{foundNames[found]}</strong>
            <code>{originId}</code>
            {pointers.length > 0 && <span>differs in {pointers.join(", ")}</span>}
          </li>
        ))}
      </ul>
      {faults.length > shown && (
        <p className="note">
          These are the first {shown} of {formatNumber(faults.length)}. Send the same again: what is missing or differs
          is sent anew.
        </p>
      )}
    </section>
  );
};
