import type { OrderedLetter, OrderedLettersPage, OrdersView, SequencesPage } from '@tributary/contracts';
import { textAt } from './api.js';
import type { Cause, DeadLetter } from './api.js';
import type { CommandLine, Options } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { causesText, lettersText, sequencesText } from './render-letters.js';
import { orderedLettersText, ordersText } from './render-orders.js';

/** Letters of an order that are asked for at once. */
const lettersAtOnce = 1_000;

type Given = Readonly<Record<string, string | number | boolean | undefined>>;

/** `dlq causes`. */
export async function causes({ options }: CommandLine, context: CommandContext): Promise<number> {
  if (options.csv) return file('/dead-letters/causes.csv', {}, options, context);
  const { causes: all } = await context.ask<{ causes: Cause[] }>('GET', '/dead-letters/causes');
  context.terminal.out(options.json ? JSON.stringify(all) : causesText(all));
  return 0;
}

/** `dlq list`: one page, or as a file all of it. */
export async function list({ options }: CommandLine, context: CommandContext): Promise<number> {
  const { cause, group, sequence, topic, state, assignee, again, limit } = options;
  const filter = { cause, group, sequence, topic, state, assignee, ...(again ? { again } : {}) };
  if (options.csv) return file('/dead-letters.csv', filter, options, context);
  const page = await context.ask<{ deadLetters: DeadLetter[]; next: string | null }>(
    'GET',
    `/dead-letters?${queryText({ ...filter, limit })}`,
  );
  context.terminal.out(options.json ? JSON.stringify(page) : lettersText(page.deadLetters, page.next));
  return 0;
}

/** `dlq sequences`: one page, or as a file all of it. */
export async function sequences({ options }: CommandLine, context: CommandContext): Promise<number> {
  const { cause, group, topic, state, assignee, limit } = options;
  const filter = { cause, group, topic, state, assignee };
  if (options.csv) return file('/dead-letters/sequences.csv', filter, options, context);
  const page = await context.ask<SequencesPage>('GET', `/dead-letters/sequences?${queryText({ ...filter, limit })}`);
  context.terminal.out(options.json ? JSON.stringify(page) : sequencesText(page.sequences, page.next));
  return 0;
}

/** `dlq orders`: one page, the newest first, or as a file all of them. */
export async function orders({ options }: CommandLine, context: CommandContext): Promise<number> {
  const { state, action, limit, after } = options;
  if (options.csv) return file('/dead-letter-orders.csv', { state, action }, options, context);
  const page = await context.ask<OrdersView>('GET', `/dead-letter-orders?${queryText({ state, action, limit, after })}`);
  context.terminal.out(options.json ? JSON.stringify(page.orders) : ordersText(page)); // the next page begins after the id of the last one
  return 0;
}

/** `dlq order <id> --letters`: all of its letters of one kind. */
export async function lettersOfOrder(id: string, { options }: CommandLine, { ask, terminal }: CommandContext): Promise<number> {
  const letters: OrderedLetter[] = [];
  for (let after: string | undefined; ;) {
    const query = queryText({ kind: options.letters, limit: lettersAtOnce, after });
    const page: OrderedLettersPage = await ask<OrderedLettersPage>('GET', `/dead-letter-orders/${encodeURIComponent(id)}/letters?${query}`);
    letters.push(...page.letters);
    if (page.next === null) break;
    after = page.next;
  }
  terminal.out(options.json ? JSON.stringify(letters) : orderedLettersText(letters));
  return 0;
}

/** Prints a list as recon makes a file of it: all rows, cells that a spreadsheet would run as text, and a last line that says that it is the end. */
async function file(path: string, filter: Given, { url }: Options, { terminal, env }: CommandContext): Promise<number> {
  const text = await textAt(`${url}${path}?${queryText(filter)}`, env);
  terminal.out(text.replaceAll('\r\n', '\n').trimEnd());
  return 0;
}

function queryText(given: Given): string {
  const set = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams(set).toString();
}
