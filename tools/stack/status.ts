import { askBooks, booksLine } from './books.js';
import type { Books } from './books.js';
import { askCounts, askWritten, countsLine } from './counts.js';
import type { Counts, Written } from './counts.js';
import { askDay } from './demo-day.js';
import type { Part } from './part.js';
import { runningState } from './run-file.js';
import type { RunState } from './run-file.js';

/** What `npm run status` shows. */
export interface StackStatus {
  /** Every service answers, and the demo day, if one was wanted, is over. */
  readonly ready: boolean;
  /** running, starting, stopping, or not running at all. */
  readonly phase: 'starting' | 'running' | 'stopping' | 'failed' | 'stopped';
  readonly services: Readonly<
    Record<string, { readonly state: string; readonly port: number; readonly pid: number | null; readonly restarts: number }>
  >;
  /** Events; null while recon does not answer. */
  readonly counts: Counts | null;
  /** Documents and metadata updates per target; null while recon does not say. */
  readonly written: Readonly<Record<string, Written>> | null;
  /** The clearing accounts beside Stripe's balance; null while recon does not say. */
  readonly books: Books | null;
  /** State of the demo day; null when none was wanted or the emulator does not answer. */
  readonly day: string | null;
}

/** Exit codes of `status`. */
export const statusCodes = { ready: 0, notReady: 1, stopped: 3 } as const;

const stopped: StackStatus = { ready: false, phase: 'stopped', services: {}, counts: null, written: null, books: null, day: null };

/** Asks every process itself; the run file only says whom to ask. `describe` makes the parts of the running stack. */
export async function askStatus(runFolder: string, describe: (state: RunState) => readonly Part[]): Promise<StackStatus> {
  const state = runningState(runFolder);
  if (!state) return stopped;
  const processes = describe(state).filter((part) => part.kind !== 'task');
  const wanted = processes.filter((part) => state.parts.some((view) => view.name === part.name));
  const [answers, counts, day, written, books] = await Promise.all([
    Promise.all(wanted.map((part) => part.isReady())),
    askCounts(state.ports),
    state.demo ? askDay(state.ports) : undefined,
    askWritten(state.ports),
    askBooks(state.ports),
  ]);
  const services = Object.fromEntries(
    wanted.map((part, index) => {
      const view = state.parts.find((each) => each.name === part.name);
      const claimed = view?.state ?? 'waiting';
      const actual = answers[index] ? 'ready' : claimed === 'ready' ? 'not ready' : claimed;
      return [part.name, { state: actual, port: part.port, pid: view?.identity?.pid ?? null, restarts: view?.restarts ?? 0 }] as const;
    }),
  );
  const ready = state.phase === 'running' && answers.every(Boolean) && (!state.demo || day?.state === 'done');
  return {
    ready,
    phase: state.phase,
    services,
    counts: counts ?? null,
    written: written ?? null,
    books: books ?? null,
    day: day?.state ?? null,
  };
}

/** The status as lines for people. */
export function statusLines(status: StackStatus): string[] {
  if (status.phase === 'stopped') return ['The stack is not running. Start it with `npm start`.'];
  const rows = Object.entries(status.services).map(
    ([name, { state, port, pid, restarts }]) =>
      `${name.padEnd(24)} ${state.padEnd(10)} port ${port}${pid === null ? '' : `, pid ${pid}`}${restarts > 0 ? `, restarted ${restarts} times` : ''}`,
  );
  return [
    ...rows,
    '',
    ...(status.day ? [`Demo day: ${status.day}`] : []),
    status.counts ? countsLine(status.counts, status.written ?? undefined) : 'No counts: recon does not answer yet.',
    ...(status.books ? [booksLine(status.books)] : []),
    status.ready ? 'ready' : `not ready (${status.phase})`,
  ];
}
