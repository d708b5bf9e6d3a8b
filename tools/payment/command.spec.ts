import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PaymentDetail } from '@tributary/contracts';
import { root } from '../contracts/workspace.js';
import { paymentText } from './command.js';

it('says in one sentence where a payment stands, then its documents and its steps', () => {
  const recorded = JSON.parse(readFileSync(join(root, 'services/console/web-test/recorded/trace.json'), 'utf8')) as PaymentDetail;
  const status = {
    tone: 'settled',
    clauses: [{ tone: 'settled', parts: [{ kind: 'text', text: 'In the ledger as \u202e945' }] }],
  } as const;
  const document = { postingKey: 'kinetic-main/cash-receipt/ch_1', number: '945', result: 'posted', ledger: null };
  const text = paymentText({ ...recorded, status, documents: [document] } as unknown as PaymentDetail);
  const [first = ''] = text.split('\n');
  expect(first).toBe(`${recorded.payment.chargeId ?? ''}: In the ledger as \\u202e945`);
  expect(text).toMatch(/kinetic-main\/cash-receipt\/ch_1 +945 +posted/);
  expect(text).toMatch(/Cash receipt: saved in the ERP/);
});
