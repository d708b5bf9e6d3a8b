import type { BooksView, LedgerClearingView } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import type { Terminal } from '../dlq/terminal.js';
import { printAnswer } from './print-answer.js';
import type { Line } from './print-answer.js';
import { amountText, blocks } from './words.js';

const differs = 4;

/** `tributary books`: each ledger beside Stripe, and its trial balance. @returns the exit code: 4 where something differs or could not be read. */
export function showBooks(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  return printAnswer<BooksView>(line, env, terminal, {
    service: 'recon',
    read: (ask) => ask('GET', '/books'),
    text: booksText,
    codeOf: (books) => (doAgree(books) ? 0 : differs),
  });
}

function doAgree({ ledgers, unbalanced, problems }: BooksView): boolean {
  const all = ledgers.flatMap(({ clearing }) => clearing);
  return unbalanced === 0 && problems.length === 0 && all.every(({ difference }) => /^-?0+$/.test(difference.minor));
}

/** The books as text: clearing accounts first. */
export function booksText(given: BooksView): string {
  const { asOf, ledgers, unbalanced, trialBalance, problems } = allVisible(given);
  const said = doAgree(given) ? 'every clearing account equals the balance at Stripe' : 'not everything agrees';
  return blocks(
    `As of ${asOf}: ${said}. ${unbalanced === 0 ? 'Every entry balances.' : `${unbalanced} entries or documents do not balance.`}`,
    problems.join('\n'),
    clearingText(ledgers),
    trialBalance.length === 0
      ? undefined
      : table(
          ['TARGET', 'ACCOUNT', 'DEBIT', 'CREDIT'],
          trialBalance.map(({ target, account, debit, credit }) => [target, account, amountText(debit), amountText(credit)]),
        ),
  );
}

/** Clearing accounts beside Stripe's balance as a table; undefined: no ledger was read. */
export function clearingText(ledgers: readonly LedgerClearingView[]): string | undefined {
  const rows = ledgers.flatMap(({ target, clearing }) =>
    clearing.map(({ ledger, stripe, inFlight, difference }) => [target, ...[ledger, stripe, inFlight, difference].map(amountText)]),
  );
  return rows.length === 0 ? undefined : table(['CLEARING OF', 'LEDGER', 'STRIPE', 'IN FLIGHT', 'DIFFERENCE'], rows);
}
