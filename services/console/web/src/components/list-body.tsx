import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { Fragment, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { FocusEvent, HTMLAttributes, KeyboardEvent, ReactNode, Ref } from 'react';
import { usePrinting } from '../shell/use-printing.js';

/** Lists with more rows draw those alone that are seen. */
export const drawnWhole = 100;
/** Rows beyond the window that are drawn as well: those that the next frames scroll to. */
const drawnBeyond = 12;
/** Height of a row until it is measured, px. */
const usualHeightPx = 40;

/** What a row puts on its `tr`. */
export type RowAttributes = HTMLAttributes<HTMLTableRowElement> & {
  readonly ref?: Ref<HTMLTableRowElement>;
  readonly 'data-index'?: number;
};

interface Props {
  readonly count: number;
  /** One row: a `tr` with the attributes, and a key of its own. */
  readonly draw: (index: number, attributes: RowAttributes) => ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** `rowCount` of a table with so many rows: said where not all of them are drawn. */
export const rowCountOf = (count: number): number | undefined => (count > drawnWhole ? count : undefined);

/**
 * The rows of a list. Of a long one those are drawn that the window shows, and the row with the focus with its neighbours, so that keys go on from it; each says its
 * place. In print all are drawn.
 */
export function ListBody(props: Props) {
  const printing = usePrinting();
  return props.count > drawnWhole && !printing ? <WindowBody {...props} /> : <WholeBody {...props} />;
}

function WholeBody({ count, draw, onKeyDown }: Props) {
  return <tbody onKeyDown={onKeyDown}>{Array.from({ length: count }, (_, index) => draw(index, {}))}</tbody>;
}

function WindowBody({ count, draw, onKeyDown }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const [focused, setFocused] = useState(-1);
  // Whatever is above the list may have become higher since it was drawn.
  useLayoutEffect(() => setTop(Math.round((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)));
  const rows = useWindowVirtualizer({
    count,
    estimateSize: () => usualHeightPx,
    overscan: drawnBeyond,
    scrollMargin: top,
    rangeExtractor: (range) => withFocused(range, focused),
  });
  // While the window moves only new rows are drawn: the others stay the same elements, which React does not look into.
  const known = useMemo(() => new Map<number, ReactNode>(), [draw]);
  const row = (index: number): ReactNode => {
    const element = known.get(index) ?? draw(index, { ref: rows.measureElement, 'data-index': index, 'aria-rowindex': index + 2 });
    known.set(index, element);
    return element;
  };
  const drawn = rows.getVirtualItems();
  const heights = drawn.map(({ start }, at) => start - (at === 0 ? top : (drawn[at - 1]?.end ?? 0)));
  return (
    <tbody ref={body} onKeyDown={onKeyDown} onFocus={(event) => setFocused(indexOf(event))} onBlur={() => setFocused(-1)}>
      {drawn.map(({ index }, at) => (
        <Fragment key={index}>
          <Space height={heights[at] ?? 0} />
          {row(index)}
        </Fragment>
      ))}
      <Space height={rows.getTotalSize() + top - (drawn.at(-1)?.end ?? 0)} />
    </tbody>
  );
}

/** The rows that are drawn: of the window, and around the one with the focus. */
export function withFocused(range: Range, focused: number): number[] {
  const around = focused === -1 ? [] : [focused - 1, focused, focused + 1].filter((index) => index >= 0 && index < range.count);
  return [...new Set([...defaultRangeExtractor(range), ...around])].sort((a, b) => a - b);
}

function indexOf({ target }: FocusEvent): number {
  const index = target instanceof Element ? target.closest<HTMLElement>('[data-index]')?.dataset.index : undefined;
  return index === undefined ? -1 : Number(index);
}

/** The room of rows that are not drawn. */
function Space({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr className="space" aria-hidden="true">
      <td colSpan={99} style={{ height }} />
    </tr>
  );
}
