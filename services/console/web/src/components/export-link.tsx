import { useEffect, useRef, useState } from 'react';
import type { MouseEvent } from 'react';
import { counted, groupedDigits, visibleText } from '../format/text.js';
import { readFile, saveFile } from '../shell/download.js';
import type { FileProgress } from '../shell/download.js';
import { messageOf } from '../shell/http.js';

interface Props {
  /** Address that answers with the file, with the filters of the list. */
  readonly path: string;
  /** Name of the file. */
  readonly name: string;
  readonly unit?: { readonly one: string; readonly many: string };
}

type State =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly progress: FileProgress }
  | { readonly is: 'said'; readonly text: string; readonly bad: boolean };

const rowUnit = { one: 'row', many: 'rows' };
const drawnEveryMs = 150;

/**
 * The whole list as a CSV file. A plain click reads it with its progress beside the link, and saves it once it is whole; the browser handles
 * everything else (new tab, save as).
 */
export function ExportLink({ path, name, unit = rowUnit }: Props) {
  const [state, setState] = useState<State>({ is: 'idle' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), [path]);
  const onClick = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    if (state.is === 'running') return;
    const mine = new AbortController();
    stop.current = mine;
    setState({ is: 'running', progress: { rows: 0, bytes: 0 } });
    let drawnAt = 0;
    readFile(path, mine.signal, (progress) => {
      if (performance.now() - drawnAt < drawnEveryMs) return;
      drawnAt = performance.now();
      setState({ is: 'running', progress });
    }).then(
      ({ blob, rows, cutNote }) => {
        saveFile(blob, name);
        const saved = `${counted(rows, unit.one, unit.many)} saved`;
        setState({
          is: 'said',
          text: cutNote === null ? `${saved}.` : `Not the whole list: ${visibleText(cutNote)}.`,
          bad: cutNote !== null,
        });
      },
      (error: unknown) =>
        setState(mine.signal.aborted ? { is: 'idle' } : { is: 'said', text: visibleText(messageOf(error), 300), bad: true }),
    );
  };
  return (
    <span className="export">
      <a href={path} download={name} data-export="" onClick={onClick} aria-disabled={state.is === 'running'}>
        Export as CSV
      </a>
      <span role="status" className={state.is === 'said' && state.bad ? 'bad' : 'muted'}>
        {state.is === 'running' &&
          `${counted(state.progress.rows, unit.one, unit.many)}, ${groupedDigits(String(kilobytes(state.progress)))} kB`}
        {state.is === 'said' && state.text}
      </span>
      {state.is === 'running' && (
        <button type="button" onClick={() => stop.current?.abort()}>
          Stop
        </button>
      )}
    </span>
  );
}

const kilobytes = ({ bytes }: FileProgress): number => Math.ceil(bytes / 1_000);
