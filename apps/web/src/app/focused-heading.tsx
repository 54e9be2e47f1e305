import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  readonly id: string;
  readonly children: ReactNode;
}

/** A heading that takes the focus when it appears: what a person asked for is here, and is read on from here. */
export const FocusedHeading = ({ id, children }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 id={id} ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
};
