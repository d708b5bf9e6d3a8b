import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { jsonSetup, readOnly } from './setup.js';

interface Props {
  readonly before: string;
  readonly after: string;
}

/** What an edit changes, before and after in one text; what stays the same is folded. */
export function JsonDifference({ before, after }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!holder.current) return;
    const merge = unifiedMergeView({ original: before, mergeControls: false, gutter: true, collapseUnchanged: { margin: 2, minSize: 6 } });
    const state = EditorState.create({ doc: after, extensions: [jsonSetup('What the edit changes'), readOnly, merge] });
    const view = new EditorView({ state, parent: holder.current });
    return () => view.destroy();
  }, [before, after]);
  return <div className="code" ref={holder} />;
}
