import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { visibleText } from '../format/text.js';

interface Props {
  /** What the section shows, as in "The list of payments could not be shown". */
  readonly what: string;
  /** A value that changes with the data; the section renders again when it does. */
  readonly retryOn?: unknown;
  readonly children: ReactNode;
}

/** A part of the page that may fail alone: it shows an error in its place, and the rest of the page still works. */
export class Section extends Component<Props, { readonly problem: string | undefined }> {
  override state: { readonly problem: string | undefined } = { problem: undefined };

  static getDerivedStateFromError(error: unknown): { readonly problem: string } {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(_error: unknown, _info: ErrorInfo): void {
    // React already logged the error, with the position of the component, to the browser's console.
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
