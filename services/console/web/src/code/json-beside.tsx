import { MergeView } from '@codemirror/merge';
import type { Extension } from '@codemirror/state';
import { useEffect, useRef } from 'react';
import { jsonSetup, readOnly } from './setup.js';

interface Side {
  /** Its name for readers. */
  readonly label: string;
  readonly text: string;
}

const extensionsOf = ({ label }: Side): Extension[] => [jsonSetup(label), readOnly];

/** Two JSON texts side by side; what differs is marked, and what is the same and long is folded. */
export function JsonBeside({ left, right }: { readonly left: Side; readonly right: Side }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!holder.current) return;
    const view = new MergeView({
      a: { doc: left.text, extensions: extensionsOf(left) },
      b: { doc: right.text, extensions: extensionsOf(right) },
      parent: holder.current,
      collapseUnchanged: { margin: 3, minSize: 8 },
    });
    return () => view.destroy();
  }, [left.label, left.text, right.label, right.text]);
  return <div className="code beside" ref={holder} />;
}
