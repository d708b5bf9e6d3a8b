import type { PaymentDetail } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import type { Terminal } from '../dlq/terminal.js';
import { printAnswer } from '../reads/print-answer.js';
import type { Line } from '../reads/print-answer.js';

/** `tributary payment <id>`: one payment with its documents and its steps, as recon knows it. @returns the exit code. */
export function showPayment(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const [id = ''] = line.arguments;
  return printAnswer<PaymentDetail>(line, env, terminal, {
    service: 'recon',
    read: (ask) => ask('GET', `/payments/${encodeURIComponent(id)}`),
    text: paymentText,
  });
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
