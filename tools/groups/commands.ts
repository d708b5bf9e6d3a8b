import type { BatchesView, OpenBatchView, ReleaseOrderView } from '@tributary/contracts';
import { csvText } from '@tributary/domain';
import type { Understood } from '#commands/command-line.mjs';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import type { Ask } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';
import { amountsText } from '../reads/words.js';

/** What a command works with. */
interface Context {
  readonly ask: Ask;
  readonly terminal: Terminal;
  readonly id: string;
  readonly option: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
}

const waitsForApproval = 5;
const notConfirmed = 4;

/** Groups that are asked for at once. */
const groupsAtOnce = 1_000;

const commands: Readonly<Record<string, (context: Context) => Promise<number>>> = {
  list: async ({ ask, terminal, option, flag }) => {
    const target = option('target');
    const batches = await everyGroup(ask, target);
    if (flag('json')) terminal.out(JSON.stringify(batches));
    else if (flag('csv'))
      terminal.out(
        csvText([groupColumns, ...batches.map(groupCells)])
          .replaceAll('\r\n', '\n')
          .trimEnd(),
      );
    else terminal.out(batches.length === 0 ? 'Every group is released.' : table(groupColumns, allVisible(batches).map(groupCells)));
    return 0;
  },

  orders: async ({ ask, terminal, option, flag }) => {
    const { orders } = await ask<{ orders: ReleaseOrderView[] }>('GET', `/release-orders${ofTarget(option)}`);
    const rows = allVisible(orders).map((one) => [one.id, one.target, one.batchId, one.state, one.by, one.reason]);
    const text = orders.length === 0 ? 'No orders yet.' : table(['ORDER', 'TARGET', 'GROUP', 'STATE', 'BY', 'REASON'], rows);
    terminal.out(flag('json') ? JSON.stringify(orders) : text);
    return 0;
  },

  release: async ({ ask, terminal, id, option, flag }) => {
    const path = `/batches/${encodeURIComponent(id)}/release-orders${ofTarget(option)}`;
    const answer = await ask<{ batchId: string; state: string; order?: ReleaseOrderView }>('POST', path, { reason: option('reason') });
    const { order } = allVisible(answer);
    if (flag('json')) terminal.out(JSON.stringify(answer));
    else if (order) terminal.out(`${textOf(order)}\nSomebody else runs: npm run -s tributary -- groups approve ${order.id} --reason "..."`);
    else terminal.out(`Group ${id} is released by the next sweep.`);
    return order ? waitsForApproval : 0;
  },

  approve: async ({ ask, terminal, id, option, flag }) => {
    const { orders } = await ask<{ orders: ReleaseOrderView[] }>('GET', '/release-orders');
    const order = orders.find((one) => one.id === id);
    if (!order) throw new ApiError('order.unknown', `There is no order ${id} that waits.`);
    if (!flag('json')) terminal.out(textOf(allVisible(order)));
    if (!flag('yes') && !(await terminal.confirm(`Approve ${order.id}?`))) {
      terminal.error('Not confirmed, nothing was done. Without a terminal to ask on, say --yes.');
      return notConfirmed;
    }
    // What was shown is what is approved: with another content the approval is refused.
    const body = { reason: option('reason'), digest: order.digest };
    return said(terminal, flag, await ask<ReleaseOrderView>('POST', `/release-orders/${encodeURIComponent(id)}/approve`, body));
  },

  refuse: async ({ ask, terminal, id, option, flag }) =>
    said(
      terminal,
      flag,
      await ask<ReleaseOrderView>('POST', `/release-orders/${encodeURIComponent(id)}/refuse`, { reason: option('reason') }),
    ),
};

/** Every group that is not released, page by page, the oldest first. */
async function everyGroup(ask: Ask, target: string | undefined): Promise<OpenBatchView[]> {
  const query = new URLSearchParams({ unreleased: 'true', limit: String(groupsAtOnce), ...(target === undefined ? {} : { target }) });
  const found: OpenBatchView[] = [];
  for (;;) {
    const { batches, next } = await ask<BatchesView>('GET', `/batches?${query.toString()}`);
    found.push(...batches);
    if (!next) return found;
    query.set('after', next);
  }
}

const groupColumns = ['GROUP', 'TARGET', 'STATE', 'KIND', 'DATE', 'DOCUMENTS', 'MONEY', 'RELEASED BY', 'OPENED', 'TEXT'];

function groupCells({ batchId, target, state, kind, date, documents, amounts, byPerson, openedAt, text }: OpenBatchView): string[] {
  return [
    batchId,
    target,
    state,
    kind,
    date,
    String(documents),
    amountsText(amounts),
    byPerson ? 'a person' : 'itself',
    openedAt,
    text ?? '',
  ];
}

/** `tributary groups ...`: releases of groups of documents, talking to erp-sink. @returns the exit code that the help lists. */
export async function releaseGroups(
  { path, values, arguments: ids }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1) as string | undefined;
  const flag = (name: string): boolean => values[name] !== undefined;
  const name = path.at(-1) ?? '';
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`"groups ${name}" is in the table of commands (tools/commands) and has no code.`);
  if (name !== 'orders' && name !== 'list' && !option('reason')) {
    terminal.error('Why? Give --reason "...": it is kept with the order.');
    return 2;
  }
  const url = (option('url') ?? env.TRIBUTARY_ERP_SINK_URL ?? 'http://127.0.0.1:4030').replace(/\/+$/, '');
  try {
    return await command({ ask: apiAt(url, env, 'erp-sink'), terminal, id: ids[0] ?? '', option, flag });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

function ofTarget(option: Context['option']): string {
  const target = option('target');
  return target === undefined ? '' : `?${new URLSearchParams({ target }).toString()}`;
}

function textOf({ id, target, batchId, state, by, reason, waitsFor, postingKeys, sums }: ReleaseOrderView): string {
  const money = sums.map(({ minor, currency }) => `${minor} ${currency} (minor units)`).join(', ') || 'no known amount';
  return [
    `order ${id}: release of group ${batchId} of ${target}, ${state}, by ${by} (${reason})`,
    ...waitsFor.map((why) => `  waits: ${why}`),
    `  ${postingKeys.length} documents, ${money}:`,
    ...postingKeys.map((key) => `    ${key}`),
  ].join('\n');
}

function said(terminal: Terminal, flag: Context['flag'], order: ReleaseOrderView): number {
  terminal.out(flag('json') ? JSON.stringify(order) : `order ${order.id}: ${order.state}`);
  return 0;
}
