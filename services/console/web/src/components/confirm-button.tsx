import { useState } from 'react';

interface Props {
  readonly children: string;
  /** What it does, for those who cannot see beside what it stands. */
  readonly label: string;
  /** What happens, as a question. */
  readonly question: string;
  readonly onConfirm: () => void;
}

/** A button whose effect cannot be taken back: it asks once more in its place. */
export function ConfirmButton({ children, label, question, onConfirm }: Props) {
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <button type="button" aria-label={label} onClick={() => setAsked(true)}>
        {children}
      </button>
    );
  return (
    <span className="confirm" role="group" aria-label={label}>
      <span>{question}</span>{' '}
      <button
        type="button"
        className="primary"
        autoFocus
        onClick={() => {
          setAsked(false);
          onConfirm();
        }}
      >
        Yes
      </button>{' '}
      <button type="button" onClick={() => setAsked(false)}>
        No
      </button>
    </span>
  );
}
