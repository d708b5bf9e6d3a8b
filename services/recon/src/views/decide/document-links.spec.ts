import { documentLink, parseDocumentLinks } from './document-links.js';

const links = parseDocumentLinks(
  'erp-main=https://erp.example.com/receipts/{HeadNum}?group={GroupID}  erp-main/credit-memo=https://erp.example.com/memos/{InvoiceNum}',
);
const link = (target: string, kind: string, reference: Record<string, string> | null): string | null =>
  documentLink(links, { target, kind, reference });

it.each([
  ['erp-main', 'cash-receipt', { HeadNum: '942', GroupID: 'S 1/2' }, 'https://erp.example.com/receipts/942?group=S%201%2F2'],
  ['erp-main', 'credit-memo', { InvoiceNum: '118' }, 'https://erp.example.com/memos/118'],
  ['erp-main', 'cash-receipt', { HeadNum: '942' }, null], // a key is missing
  ['erp-main', 'cash-receipt', { HeadNum: '942', GroupID: '' }, null],
  ['erp-main', 'cash-receipt', null, null],
  ['sl-main', 'cash-receipt', { HeadNum: '942' }, null],
  ['erp-main', 'credit-memo', { InvoiceNum: '\ud800"><script>' }, 'https://erp.example.com/memos/%EF%BF%BD%22%3E%3Cscript%3E'],
])('%s %s %j is at %s', (target, kind, reference, address) => {
  expect(link(target, kind, reference)).toBe(address);
});

it.each(['erp-main', 'erp-main=javascript:alert(1)', 'erp-main=https://', '=https://erp.example.com', 'a/B=https://x.example'])(
  'refuses %s',
  (text) => {
    expect(() => parseDocumentLinks(text)).toThrow('target=https://');
  },
);

it('takes none at all', () => {
  expect(parseDocumentLinks('').size).toBe(0);
});
