import { circumstances } from '../bench/recorded-results.js';
import { checkPages } from './axe.js';
import { openFirstPage } from './interactive.js';
import type { FirstLoad } from './interactive.js';
import { askQuestions } from './questions.js';
import { keep, loadNow } from './results.js';
import type { StackInBrowser } from './running-stack.js';
import { scrollPayments } from './scroll.js';
import { settled } from './settled.js';

/** What the first page and a list may take. */
export const budgets = { interactiveMs: 1_500, scrollFrameMs: 20, firstBytes: 250_000 } as const;

type Say = (line: string) => void;

/** What can be seen of the console on a running stack: accessibility, budgets, the ten questions. @returns whether everything is within its goal. */
export async function provePages(stack: StackInBrowser, say: Say): Promise<boolean> {
  await settled(stack);
  const before = loadNow();
  const first = await openFirstPage(stack);
  const scrolled = await scrollPayments(stack);
  const measuredLoad = { before, after: loadNow() };
  const questions = await askQuestions(stack);
  const pages = await checkPages(stack, say);
  const judged = [
    ...budgetLines(first),
    judge(
      scrolled.p95Ms <= budgets.scrollFrameMs,
      `scrolling a list of ${scrolled.rows} payments: p50 ${scrolled.p50Ms} ms, p95 ${scrolled.p95Ms} ms a frame, ${scrolled.rowsDrawn} rows drawn (drawn by ${scrolled.drawnBy})`,
    ),
    ...questions.map(({ asked, actions, answer, lacks, isGood }) =>
      judge(isGood, `${actions} actions: ${asked} ${lacks.length > 0 ? `lacks ${lacks.join(', ')}: ` : ''}${answer.slice(0, 160)}`),
    ),
    judge(
      pages.every(({ light, dark }) => light.length + dark.length === 0),
      `${pages.length} pages, light and dark, break no rule of WCAG 2.2 A and AA that axe checks`,
    ),
  ];
  for (const { isGood, text } of judged) say(`${isGood ? 'ok    ' : 'not ok'} ${text}`);
  const run = {
    budgets,
    load: measuredLoad,
    first,
    scrolled,
    questions: questions.map(({ asked, actions, isGood }) => ({ asked, actions, isGood })),
    pages,
  };
  say(`kept in ${keep('pages.json', { ...circumstances(), ...run })}`);
  return judged.every(({ isGood }) => isGood);
}

interface Judged {
  readonly isGood: boolean;
  readonly text: string;
}

const judge = (isGood: boolean, text: string): Judged => ({ isGood, text });

function budgetLines({ openings, bytes, files }: FirstLoad): Judged[] {
  const times = openings.map(({ interactiveMs }) => interactiveMs).toSorted((a, b) => a - b);
  const middle = times[times.length >> 1] ?? NaN;
  const drawn = openings.map(({ drawnMs }) => drawnMs).join(', ');
  return [
    judge(
      middle <= budgets.interactiveMs,
      `first page interactive at a processor four times slower: ${times.join(', ')} ms, the middle one counts (drawn at ${drawn} ms)`,
    ),
    judge(bytes <= budgets.firstBytes, `first page: ${bytes} bytes of scripts and styles in ${files} files, compressed`),
  ];
}
