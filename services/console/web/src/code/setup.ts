import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, defaultHighlightStyle, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';

/** The colours of texts, numbers and words of the default style, as the page has them in light and in dark. */
const ours: Readonly<Record<string, string>> = { '#a11': 'var(--good)', '#164': 'var(--flow)', '#219': 'var(--accent)' };
const colours = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => ({ ...spec, color: ours[String(spec.color)] ?? 'inherit' })),
);

const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--card)', border: '1px solid var(--rule)', borderRadius: '6px', fontSize: '0.87rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { maxHeight: '28rem', overflow: 'auto', fontFamily: 'ui-monospace, Menlo, monospace' },
  '.cm-gutters': { color: 'var(--muted)', backgroundColor: 'var(--page)', borderRight: '1px solid var(--rule)' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection': { backgroundColor: 'var(--flow-back) !important' },
  '.cm-marked': { backgroundColor: 'var(--bad-back)', outline: '1px solid var(--bad)', borderRadius: '2px' },
  '.cm-marked-gutter': { color: 'var(--bad)', backgroundColor: 'var(--bad-back)', fontWeight: '700' },
  '.cm-changedLine': { backgroundColor: 'var(--warn-back) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--bad-back) !important' },
  '.cm-collapsedLines': { color: 'var(--muted)', background: 'var(--page) !important' },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: '"…" !important' },
  '.cm-changedText': { background: 'none !important', textDecoration: 'underline 2px var(--warn)' },
});

/** What every JSON text in the page has: line numbers, folding, colours, escapes for what nobody sees. @param label its name for readers. */
export function jsonSetup(label: string): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    highlightSpecialChars(),
    bracketMatching(),
    json(),
    syntaxHighlighting(colours),
    theme,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    keymap.of([...defaultKeymap, ...foldKeymap]),
  ];
}

/** Nobody can change the text. */
export const readOnly: Extension = [EditorState.readOnly.of(true), EditorView.editable.of(false)];

/** Steps of an edit can be taken back. Tab leaves the editor, as everywhere in the page. */
export const editing: Extension = [history(), keymap.of(historyKeymap)];
