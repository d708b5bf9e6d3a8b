import { useId } from 'react';
import { useCopy } from './use-copy.js';

interface Props {
  readonly label: string;
  readonly value: string;
}

/** A text that is shown this one time, with a button that copies it. */
export function CopyField({ label, value }: Props) {
  const id = useId();
  const { said, copy } = useCopy(value);
  return (
    <div className="field copy-field">
      <label htmlFor={id}>{label}</label>
      <span>
        <input id={id} readOnly value={value} onFocus={(event) => event.target.select()} />{' '}
        <button type="button" onClick={copy}>
          Copy
        </button>
      </span>
      <span className="muted" role="status">
        {said}
      </span>
    </div>
  );
}
