import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
}

/** Shows, instead of a part of the page that could not be loaded or drawn, that it is missing; the rest stays. */
export class PartBoundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <p role="alert" className="alert">
        A part of this page could not be loaded: it may have been renewed since you opened it. Load the page anew; what
        you have sent is kept.
      </p>
    );
  }
}
