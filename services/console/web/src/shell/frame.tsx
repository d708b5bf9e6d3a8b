import type { ReactNode } from 'react';

interface Props {
  readonly bar: ReactNode;
  /** The rooms; absent where nobody is signed in. */
  readonly rail?: ReactNode;
  readonly children: ReactNode;
}

/** Bar, rooms and page, in the order in which the Tab key walks them. */
export function Frame({ bar, rail, children }: Props) {
  return (
    <div className={rail ? 'frame' : 'frame bare'}>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      {bar}
      {rail}
      <div id="content" tabIndex={-1}>
        {children}
      </div>
    </div>
  );
}
