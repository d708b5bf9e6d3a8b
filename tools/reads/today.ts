import type { DayMoneyView, TodayView } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import type { Terminal } from '../dlq/terminal.js';
import { clearingText } from './books.js';
import { printAnswer } from './print-answer.js';
import type { Line } from './print-answer.js';
import { amountsText, amountText, blocks } from './words.js';

const somethingOpen = 4;

/** `tributary today`: what needs a person, the money of a day, the targets and their clearing accounts. @returns the exit code: 4 while something is open or a ledger could not be read. */
export function showToday(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  return printAnswer<TodayView>(line, env, terminal, {
    service: 'recon',
    read: (ask, option) => {
      const day = option('day');
      return ask('GET', `/today${day === undefined ? '' : `?${new URLSearchParams({ day }).toString()}`}`);
    },
    text: todayText,
    // A ledger that could not be read may differ.
    codeOf: ({ allClear, problems }) => (allClear && problems.length === 0 ? 0 : somethingOpen),
  });
}

const figures = {
  received: 'received',
  failed: 'of them failed',
  captured: 'captured',
  inLedger: 'in the ledger',
  onItsWay: 'on its way',
  needsPerson: 'needs a person',
  notBooked: 'not booked',
  refunded: 'refunded',
  fees: 'fees',
  disputes: 'disputes',
  paidOut: 'paid out',
} as const satisfies Partial<Record<keyof DayMoneyView, string>>;

/** Today as text: what is open first. */
export function todayText(given: TodayView): string {
  const { asOf, allClear, toDo, needsPerson, day, money, clearing, problems, targets } = allVisible(given);
  const open = toDo.map(({ what, cause, count, amounts, oldestAt, list }) => [
    what,
    cause ?? '-',
    String(count),
    amountsText(amounts),
    oldestAt ?? '-',
    list,
  ]);
  const rows = money.flatMap(({ currency, ...of }) =>
    Object.entries(figures).map(([name, label]) => {
      const { count, amount } = of[name as keyof typeof figures];
      return [currency, label, String(count), amountText(amount)];
    }),
  );
  return blocks(
    `${day.date} (${day.timeZone}), as of ${asOf}: ${allClear ? 'nothing is open' : 'something is open'}. ${needsPerson.count} payments need a person, ${amountsText(needsPerson.amounts)}.`,
    problems.join('\n'),
    open.length === 0 ? undefined : table(['TO DO', 'CAUSE', 'COUNT', 'MONEY', 'OLDEST', 'LIST'], open),
    rows.length === 0 ? 'No money moved on this day.' : table(['CURRENCY', 'OF THE DAY', 'COUNT', 'AMOUNT'], rows),
    targets.length === 0
      ? undefined
      : table(
          ['TARGET', 'REQUESTED', 'DOCUMENTS', 'DEAD LETTERS', 'LAST WRITTEN'],
          targets.map((one) => [
            one.target,
            String(one.requested.count),
            String(one.documents.count),
            String(one.letters.count),
            one.lastWrittenAt ?? '-',
          ]),
        ),
    clearingText(clearing),
  );
}
