/** What is going to happen, before anything has. */
export const HowItWorks = () => (
  <ol className="steps">
    <li>
      <strong>Look</strong>
      How many datums of each kind, the glucose curve, time in range. Nothing is uploaded yet.
    </li>
    <li>
      <strong>Upload</strong>
      Every datum is checked by Tidepool’s rules. One that is refused holds up no other.
    </li>
    <li>
      <strong>See that it arrived</strong>
      Everything is read back and compared. Upload it again, and nothing is doubled.
    </li>
  </ol>
);
