import { Suspense } from 'react';
import { JsonView } from './lazy.js';
import type { Mark } from './marks.js';
import { CopyButton } from '../components/copy-button.js';

const noMarks: readonly Mark[] = [];

/** A JSON text that nobody can change, with a button that copies it. The view is loaded when the first one is shown. */
export function JsonBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="json-block">
      <Suspense fallback={<p className="notice muted">Loading the view.</p>}>
        <JsonView label={label} text={text} marks={noMarks} />
      </Suspense>
      <p>
        <CopyButton text={text} label={`Copy: ${label}`} />
      </p>
    </div>
  );
}
