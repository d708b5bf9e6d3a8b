import type { CustomerDetail, CustomerPairView, CustomersPage } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { csvText } from '@tributary/domain';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** `tributary customers list` and `show`. @returns the exit code that the help lists. */
export async function customerCommands(
  { path, values, arguments: ids }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const option = (name: string): string | undefined => values[name]?.at(-1) as string | undefined;
  const ask = apiAt((option('url') ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, ''), env);
  const out = (answer: object, text: () => string): void => terminal.out(values.json ? JSON.stringify(answer) : text());
  try {
    if (path[2] === 'show') {
      const detail = await ask<CustomerDetail>('GET', `/customers/${encodeURIComponent(ids[0] ?? '')}`);
      out(detail, () => detailText(allVisible(detail)));
    } else {
      const query = ['number', 'state', 'limit', 'after'].flatMap((name) => {
        const value = option(name);
        return value === undefined ? [] : [[name, value]];
      });
      const page = await ask<CustomersPage>('GET', `/customers?${new URLSearchParams(query).toString()}`);
      out(page, () => (values.csv ? listCsv(page).trimEnd() : listText(allVisible(page))));
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

/** Customers as a table. */
export function listText({ customers, next }: CustomersPage): string {
  if (customers.length === 0) return 'No customers match.';
  const rows = customers.map(({ customerId, name, state, pairs }) => [customerId, name ?? '', state, pairs.map(pairText).join('; ')]);
  const more = next === null ? '' : `\nThere are more: --after ${next}`;
  return table(['CUSTOMER', 'NAME', 'STATE', 'IN THE LEDGERS'], rows) + more;
}

/** Customers as CSV, with a header. The whole list is `GET /customers.csv`. */
export function listCsv({ customers }: CustomersPage): string {
  const rows = customers.map(({ customerId, name, state, pairs }) => [customerId, name, state, pairs.map(pairText).join('; ')]);
  return csvText([['customer', 'name', 'state', 'in the ledgers'], ...rows]).replaceAll('\r\n', '\n');
}

/** One customer in words: who it is where, its payments, questions and hints. */
export function detailText({ customerId, name, state, pairs, payments, questions, hints, erasedAt }: CustomerDetail): string {
  const money = payments.amounts.map(({ text, currency }) => `${text} ${currency}`);
  return [
    `${customerId}${name === null ? '' : ` (${name})`}: ${state}`,
    ...pairs.map((pair) => `  ${pairText(pair)}${pair.others.length === 0 ? '' : `, as well as ${pair.others.join(', ')}`}`),
    `payments: ${[String(payments.count), ...money].join(', ')}`,
    ...(erasedAt === null ? [] : [`personal data erased at ${erasedAt}`]),
    ...questions.flatMap((question) => [
      `question ${question.letterId} (${question.cause}): ${question.text ?? 'what was said needs payloads.read'}`,
      ...question.candidates.map(
        ({ title, reference }) =>
          `  ${title}: npm run -s tributary -- dlq resolve ${question.letterId} --posted-as '${JSON.stringify(reference)}' --reason "..."`,
      ),
      ...question.answers.map((answer) => `  npm run -s tributary -- dlq answer ${question.letterId} ${answer} --reason "..."`),
    ]),
    ...hints.map(({ text }) => `hint: ${text}`),
  ].join('\n');
}

function pairText({ target, reference, state }: CustomerPairView): string {
  const keys = Object.entries(reference ?? {}).map(([name, value]) => `${name} ${value}`);
  return `${target}: ${keys.length === 0 ? state : keys.join(', ')}`;
}
