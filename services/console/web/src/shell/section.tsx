import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { visibleText } from '../format/text.js';

interface Props {
  /** What stands here, as in "The list of payments could not be shown". */
  readonly what: string;
  /** Something that changes with the data: the section tries again then. */
  readonly retryOn?: unknown;
  readonly children: ReactNode;
}

/** A part of the page that may fail on its own: it then says so in its place, and everything around it goes on. */
export class Section extends Component<Props, { readonly problem: string | undefined }> {
  override state: { readonly problem: string | undefined } = { problem: undefined };

  static getDerivedStateFromError(error: unknown): { readonly problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(_error: unknown, _info: ErrorInfo): void {
    // React has written it to the browser's console with the component's place.
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.problem !== undefined && before.retryOn !== this.props.retryOn) this.setState({ problem: undefined });
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === undefined) return this.props.children;
    return (
      <section className="card">
        <p className="notice bad" role="alert">
          {this.props.what} could not be shown: {visibleText(problem)}. The rest of the page is not affected. Reload the page to try again.
        </p>
      </section>
    );
  }
}
