import type { Understood } from '#commands/command-line.mjs';
import type { PaymentDetail } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { apiAt, ApiError } from '../dlq/api.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';

/** `tributary payment <id>`: one payment with its documents and its steps, as recon knows it. @returns the exit code. */
export async function showPayment(
  { values, arguments: [id = ''] }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  given: Terminal,
): Promise<number> {
  const terminal = showingControls(given);
  const url = ((values.url?.at(-1) as string | undefined) ?? env.TRIBUTARY_RECON_URL ?? 'http://127.0.0.1:4040').replace(/\/+$/, '');
  try {
    const found = await apiAt(url, env)<PaymentDetail>('GET', `/payments/${encodeURIComponent(id)}`);
    terminal.out(values.json === undefined ? paymentText(found) : JSON.stringify(found));
    return 0;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    terminal.error(`${error.code}: ${error.message}`);
    return error.code === 'unreachable' ? 3 : 1;
  }
}

/** Where a payment stands, what was booked for it, and what happened, oldest first. */
export function paymentText(given: PaymentDetail): string {
  const { payment, status, documents, steps } = allVisible(given);
  const sentence = status.clauses.map(({ parts }) => parts.map(({ text }) => text).join('')).join('; ');
  return [
    `${payment.chargeId ?? payment.eventId}: ${sentence}`,
    ...(documents.length === 0
      ? []
      : [
          '',
          table(
            ['POSTING KEY', 'NUMBER', 'RESULT', 'LEDGER'],
            documents.map(({ postingKey, number, result, ledger }) => [
              postingKey,
              number ?? '',
              result ?? 'requested',
              ledger?.state ?? '',
            ]),
          ),
        ]),
    '',
    table(
      ['AT', 'WHAT', 'WHY'],
      steps.map(({ at, title, text }) => [at, title, text ?? '']),
    ),
  ].join('\n');
}
