import type { ErpDocument } from '@tributary/connector-kit';
import { documentKinds } from './documents/index.js';
import { movedTo, postingDateOf } from './kinetic-periods.js';

const document = (kind: string, fields: ErpDocument['fields'], shape = `epicor-kinetic/${kind}`) =>
  ({ postingKey: `t/${kind}/1`, kind, shape, protocol: 'create-once', fields, lines: [] }) as unknown as ErpDocument;
const dating = (kind: string) => documentKinds.get(kind)?.dating;

it.each([
  ['cash-receipt', { TranDate: '2026-10-31', Reference: 'WEB-1003' }, { TranDate: '2026-11-01', Reference: 'Dated 2026-10-31. WEB-1003' }],
  [
    'credit-memo',
    { ApplyDate: '2026-10-31', InvoiceDate: '2026-10-31' },
    { ApplyDate: '2026-11-01', InvoiceDate: '2026-11-01', InvoiceComment: 'Dated 2026-10-31.' },
  ],
  ['journal', { JEDate: '2026-10-31', CommentText: 'Payout' }, { JEDate: '2026-11-01', CommentText: 'Dated 2026-10-31. Payout' }],
  [
    'journal',
    { TranDate: '2026-10-31', TranRef: 'x'.repeat(40) },
    { TranDate: '2026-11-01', TranRef: `Dated 2026-10-31. ${'x'.repeat(22)}` },
  ],
  ['application', { TranDate: '2026-10-31', Reference: null }, { TranDate: '2026-11-01', Reference: 'Dated 2026-10-31.' }],
])('a %s moves with its original date in front of its text', (kind, fields, expected) => {
  const before = document(kind, fields);
  expect(postingDateOf(before, dating(kind))).toBe('2026-10-31');
  const after = movedTo(before, '2026-11-01', dating(kind));
  expect(after.fields).toEqual(expected);
  expect(postingDateOf(after, dating(kind))).toBe('2026-11-01');
});

it('a customer has no date and moves nowhere', () => {
  const customer = document('customer', { Name: 'Acme' });
  expect(postingDateOf(customer, dating('customer'))).toBeUndefined();
  expect(movedTo(customer, '2026-11-01', dating('customer'))).toBe(customer);
});
