import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { placeOf } from './json-place.js';
import { marksIn } from './marks.js';
import type { Mark } from './marks.js';
import { editing, jsonSetup, readOnly } from './setup.js';

interface Props {
  readonly label: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** A JSON text that nobody can change, with places that are pointed at; the first of them is scrolled to. */
export function JsonView({ label, text, marks }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!holder.current) return;
    const state = EditorState.create({ doc: text, extensions: [jsonSetup(label), readOnly, marksIn(text, marks)] });
    const view = new EditorView({ state, parent: holder.current });
    const place = marks[0] && placeOf(text, marks[0].path);
    if (place) view.dispatch({ effects: EditorView.scrollIntoView(place.from, { y: 'center' }) });
    return () => view.destroy();
  }, [label, text, marks]);
  return <div className="code" ref={holder} />;
}

interface EditorProps extends Props {
  readonly onChange: (text: string) => void;
}

/** A JSON text to edit. It is read once: later changes are those of whoever types. */
export function JsonEditor({ label, text, marks, onChange }: EditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const marked = useRef(new Compartment());
  const changed = useRef(onChange);
  changed.current = onChange;
  useEffect(() => {
    if (!holder.current) return;
    const tells = EditorView.updateListener.of((update) => {
      if (update.docChanged) changed.current(update.state.doc.toString());
    });
    const extensions = [jsonSetup(label), editing, tells, marked.current.of([])];
    view.current = new EditorView({ state: EditorState.create({ doc: text, extensions }), parent: holder.current });
    return () => view.current?.destroy();
  }, [label]); // not on text: it is where the edit begins, and changes with each key
  useEffect(() => {
    const shown = view.current;
    if (shown) shown.dispatch({ effects: marked.current.reconfigure(marksIn(shown.state.doc.toString(), marks)) });
  }, [marks]);
  return <div className="code" ref={holder} />;
}
