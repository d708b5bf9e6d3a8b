import type { Extension } from '@codemirror/state';
import { RangeSet } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass } from '@codemirror/view';
import { placeOf } from './json-place.js';

/** A place of a JSON text that is pointed at, and why. */
export interface Mark {
  /** As in problems of fields; '' is the whole value. */
  readonly path: string;
  readonly text: string;
}

class MarkedLine extends GutterMarker {
  override elementClass = 'cm-marked-gutter';
}
const markedLine = new MarkedLine();

/** Longest range that is coloured; of a longer one only its first line is. */
const longestRange = 2_000;

/** Marks places of the text as it is now. Places that are not there mark the value around them. */
export function marksIn(text: string, marks: readonly Mark[]): Extension {
  const places = marks
    .flatMap(({ path, text: title }) => {
      const place = placeOf(text, path);
      return place ? [{ from: place.from, to: Math.min(place.to, endOfLine(text, place.from, place.to - place.from)), title }] : [];
    })
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const ranges = places.map(({ from, to, title }) => Decoration.mark({ class: 'cm-marked', attributes: { title } }).range(from, to));
  const lines = places.map(({ from }) => markedLine.range(lineStart(text, from)));
  return [EditorView.decorations.of(RangeSet.of(ranges, true)), gutterLineClass.of(RangeSet.of(lines, true))];
}

function endOfLine(text: string, from: number, length: number): number {
  if (length <= longestRange) return from + length;
  const end = text.indexOf('\n', from);
  return end === -1 ? from + longestRange : end;
}

function lineStart(text: string, from: number): number {
  return text.lastIndexOf('\n', from - 1) + 1;
}
