import type { Counts, Overview, Stages, SumView, TargetOutcomesView } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import type { Terminal } from '../dlq/terminal.js';
import { filtersOf } from '../export/command.js';
import { printAnswer } from './print-answer.js';
import type { Line } from './print-answer.js';
import { amountsText, blocks } from './words.js';

/** Everything that recon counts. */
interface Figures {
  readonly overview: Overview;
  readonly counts: Counts;
  readonly stages: Stages;
  readonly outcomes: TargetOutcomesView;
}

/** `tributary figures`: where every payment and every event stands, and what each target wrote in the last hours. @returns the exit code. */
export function showFigures(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  return printAnswer<Figures>(line, env, terminal, {
    service: 'recon',
    read: async (ask) => ({
      overview: await ask('GET', '/overview'),
      counts: await ask('GET', '/counts'),
      stages: await ask('GET', '/stages'),
      outcomes: await ask('GET', '/target-outcomes'),
    }),
    text: figuresText,
  });
}

/** All figures as tables. */
export function figuresText(given: Figures): string {
  const { overview, counts, stages, outcomes } = allVisible(given);
  const sums = (of: Readonly<Record<string, SumView>>): string[][] =>
    Object.entries(of).map(([name, { count, amounts }]) => [name, String(count), amountsText(amounts)]);
  const { waitingBehind, ...atRisk } = overview.moneyAtRisk;
  const { ignoredBy, heldBy, deadLetteredBy, ...events } = counts;
  const because = Object.entries({ ignored: ignoredBy, held: heldBy, deadLettered: deadLetteredBy }).flatMap(([state, by]) =>
    Object.entries(by).map(([reason, count]) => [state, reason, String(count)]),
  );
  return blocks(
    `As of ${overview.asOf}`,
    table(['PAYMENTS', 'COUNT', 'MONEY'], sums(overview.standings)),
    table(['COMPARED WITH THE LEDGER', 'COUNT', 'MONEY'], sums(overview.reconciliation)),
    table(['AT RISK', 'COUNT', 'MONEY'], sums({ 'dead letters': atRisk, 'behind them': waitingBehind })),
    table(
      ['EVENTS', 'COUNT'],
      Object.entries(events).map(([name, count]) => [name, String(count)]),
    ),
    because.length === 0 ? undefined : table(['EVENTS', 'BECAUSE', 'COUNT'], because),
    table(
      ['STAGE', 'TOTAL', 'A MINUTE', 'ON THEIR WAY'],
      stages.stages.map(({ name, total, perMinute, lag }) => [name, String(total), String(perMinute), String(lag)]),
    ),
    outcomes.targets.length === 0
      ? undefined
      : table(
          [`TARGET SINCE ${outcomes.hours[0] ?? ''}`, 'WRITTEN', 'FAILED'],
          outcomes.targets.map(({ target, written, failed }) => [
            target,
            ...[written, failed].map((hours) => String(hours.reduce((sum, one) => sum + one, 0))),
          ]),
        ),
  );
}

/** Lists that recon sums, by their names in `tributary export`. */
export const summedLists: Readonly<Record<string, string>> = {
  payments: '/payments/totals',
  movements: '/movements/totals',
  events: '/events/totals',
  'canonical-events': '/canonical-events/totals',
  postings: '/postings/totals',
  outcomes: '/outcomes/totals',
  'dead-letters': '/dead-letters/totals',
};

/** `tributary totals <list>`: how many rows a list has, and how much money. @returns the exit code. */
export async function showTotals(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const [list = ''] = line.arguments;
  const path = Object.hasOwn(summedLists, list) ? summedLists[list] : undefined;
  const filters = filtersOf((line.values.where ?? []) as readonly string[]);
  if (path === undefined || typeof filters === 'string') {
    terminal.error(
      typeof filters === 'string' ? filters : `There is no list "${list}" with totals. Lists: ${Object.keys(summedLists).join(', ')}.`,
    );
    return 2;
  }
  return printAnswer<Readonly<Record<string, unknown>>>(line, env, terminal, {
    service: 'recon',
    read: (ask) => ask('GET', `${path}${filters.size === 0 ? '' : `?${filters.toString()}`}`),
    text: totalsText,
  });
}

/** Each figure of a list on a line of its own. */
function totalsText(answer: Readonly<Record<string, unknown>>): string {
  const { amounts, ...rest } = allVisible(answer) as Partial<SumView> & Readonly<Record<string, unknown>>;
  const rows = Object.entries(rest).map(([name, value]) => [
    name,
    typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value),
  ]);
  return table(['FIGURE', 'VALUE'], [...rows, ...(amounts === undefined ? [] : [['amounts', amountsText(amounts)]])]);
}
