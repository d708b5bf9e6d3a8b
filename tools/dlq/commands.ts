import type { CommandContext } from './command-context.js';
import type { CheckedEdit, DryRun, DeadLetterDetail, Order, OrderPreview } from './api.js';
import { idOf, jsonOf, scopeOf, UsageError } from './arguments.js';
import type { CommandLine, Options } from './arguments.js';
import { assign, comment } from './discuss.js';
import { editedValue } from './editor.js';
import { causes, lettersOfOrder, list, orders, sequences } from './lists.js';
import { followOrder, requireReason, submitOrder } from './orders.js';
import { detailText } from './render-letters.js';
import { approvalText, differencesText, dryRunText, leftOutLines, orderText, previewText } from './render-orders.js';
import type { Terminal } from './terminal.js';

type Command = (line: CommandLine, context: CommandContext) => Promise<number>;
const notConfirmed = 4;

/** Commands by name. Each returns its exit code. */
export const commands: Readonly<Record<string, Command>> = {
  causes,
  list,
  sequences,

  show: async (line, { ask, terminal }) => {
    const letter = await ask<DeadLetterDetail>('GET', pathOf(line));
    terminal.out(line.options.json ? JSON.stringify(letter) : detailText(letter));
    return 0;
  },

  'dry-run': async (line, { ask, terminal, env }) => {
    const { value, json } = line.options;
    const body = value === undefined ? {} : { value: editedValue(undefined, value, env) };
    const run = await ask<DryRun>('POST', `${pathOf(line)}/dry-run`, body);
    terminal.out(json ? JSON.stringify(run) : dryRunText(run));
    return run.problem || run.postings.some(({ problem }) => problem) ? 1 : 0;
  },

  edit: async (line, { ask, terminal, env }) => {
    requireReason(line.options); // before an edit that could not be submitted
    const letter = await ask<DeadLetterDetail>('GET', pathOf(line));
    if (letter.problem !== null) throw new UsageError(`${letter.id} cannot be edited: ${letter.problem}`);
    const value = editedValue(letter.value, line.options.value, env);
    const checked = await ask<CheckedEdit>('POST', `${pathOf(line)}/check-edit`, { value });
    if (!checked.ok) {
      for (const { path, expected, found } of checked.problems)
        terminal.error(`${path || 'the value'}: expected ${expected}, found ${found}`);
      return 1;
    }
    if (!line.options.json) terminal.out(differencesText(checked.differences));
    if (checked.differences.length === 0) return 0;
    if (!(await confirmed(line.options, terminal, `Give ${letter.id} back like this?`))) return notConfirmed;
    return submitOrder(ask, terminal, line.options, { action: 'replay', scope: 'one', ids: [letter.id], editedValue: value });
  },

  replay: (line, context) => decide('replay', line, context),
  skip: (line, context) => decide('skip', line, context),

  answer: async (line, { ask, terminal }) => {
    const [id, answer] = line.ids;
    if (id === undefined || answer === undefined)
      throw new UsageError('Which dead letter, and which answer? `dlq show <id>` has its question.');
    if (!(await confirmed(line.options, terminal, `Answer ${id} with "${answer}"?`))) return notConfirmed;
    return submitOrder(ask, terminal, line.options, { action: 'replay', scope: 'one', ids: [id], answer });
  },

  resolve: async (line, context) => {
    const { ask, terminal } = context;
    const { postedAs } = line.options;
    if (postedAs === undefined) return decide('resolve', line, context);
    const id = idOf(line);
    if (!(await confirmed(line.options, terminal, `Is ${id} in the ERP as ${postedAs}?`))) return notConfirmed;
    return submitOrder(ask, terminal, line.options, {
      action: 'resolve',
      scope: 'one',
      ids: [id],
      reference: jsonOf('--posted-as', postedAs),
      ...(line.options.acceptDifference ? { acceptDifference: true } : {}),
    });
  },

  comment,
  assign,

  order: (line, context) =>
    line.options.letters === undefined
      ? followOrder(context.ask, context.terminal, line.options, idOf(line))
      : lettersOfOrder(idOf(line), line, context),

  orders,

  cancel: (line, context) => steer('cancel', line, context),
  pause: (line, context) => steer('pause', line, context),
  continue: (line, context) => steer('continue', line, context),

  approve: async (line, { ask, terminal }) => {
    const reason = requireReason(line.options);
    const path = `/dead-letter-orders/${encodeURIComponent(idOf(line))}`;
    const order = await ask<Order>('GET', path);
    if (!line.options.json) terminal.out(approvalText(order));
    if (!(await confirmed(line.options, terminal, `Approve ${order.id}?`))) return notConfirmed;
    // What was shown is what is approved: with another content the approval is refused.
    const approved = await ask<Order>('POST', `${path}/approve`, { ...reason, contentHash: order.contentHash ?? undefined });
    terminal.out(line.options.json ? JSON.stringify(approved) : orderText(approved));
    return 0;
  },

  refuse: async (line, { ask, terminal }) => {
    const path = `/dead-letter-orders/${encodeURIComponent(idOf(line))}/refuse`;
    const order = await ask<Order>('POST', path, requireReason(line.options));
    terminal.out(line.options.json ? JSON.stringify(order) : orderText(order));
    return 0;
  },
};

async function decide(action: 'replay' | 'skip' | 'resolve', line: CommandLine, { ask, terminal }: CommandContext): Promise<number> {
  requireReason(line.options);
  const scope = scopeOf(line.ids, line.options);
  // Ids are explicit. A condition may match more than expected, so it is counted and confirmed.
  // What is resolved is what ledgers show: what they do not is said in any case.
  const isAsked = action === 'resolve' || (!line.options.yes && (line.ids.length === 0 || action === 'skip'));
  if (!isAsked) return submitOrder(ask, terminal, line.options, { action, ...scope });
  const preview = await ask<OrderPreview>('POST', '/dead-letter-orders/preview', { action, ...scope });
  for (const text of leftOutLines(preview)) terminal.error(text);
  if (!(await confirmed(line.options, terminal, `${action} ${previewText(preview)}?`))) return notConfirmed;
  return submitOrder(ask, terminal, line.options, { action, ...scope, expectedLetters: preview.letters });
}

async function steer(how: 'cancel' | 'pause' | 'continue', line: CommandLine, { ask, terminal }: CommandContext): Promise<number> {
  const reason = requireReason(line.options);
  const order = await ask<Order>('POST', `/dead-letter-orders/${encodeURIComponent(idOf(line))}/${how}`, reason);
  terminal.out(line.options.json ? JSON.stringify(order) : orderText(order));
  return 0;
}

async function confirmed(options: Options, terminal: Terminal, question: string): Promise<boolean> {
  if (options.yes) return true;
  if (await terminal.confirm(question)) return true;
  terminal.error('Not confirmed, nothing was done. Without a terminal to ask on, say --yes.');
  return false;
}

function pathOf(line: CommandLine): string {
  return `/dead-letters/${encodeURIComponent(idOf(line))}`;
}
