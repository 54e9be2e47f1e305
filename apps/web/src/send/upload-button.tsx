import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  readonly isDisabled: boolean;
  /** After an upload ended early: the focus was on what is no longer there. */
  readonly takesFocus: boolean;
  readonly onUpload: () => void;
  readonly children: ReactNode;
}

/** The button that starts an upload. */
export const UploadButton = ({ isDisabled, takesFocus, onUpload, children }: Props) => {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus) button.current?.focus();
  }, [takesFocus]);
  return (
    <button type="button" className="main" ref={button} disabled={isDisabled} onClick={onUpload}>
      {children}
    </button>
  );
};
