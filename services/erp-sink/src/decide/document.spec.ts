import { aReceipt } from '../testing/makers.js';
import { composeDocument } from './document.js';

const customer = 'fake-main/customer/cus_1';
const references = new Map([[customer, { CustNum: '881' }]]);
const line = (key: string) => ({ table: 'InvcDtl', key, fields: { Amount: '1.00' } });
const inLine = (lineKey: string) => ({ field: 'CustNum', postingKey: customer, attribute: 'CustNum', table: 'InvcDtl', lineKey });

it('fills references into the header and into the line that they name', () => {
  const request = aReceipt('ch_1', {
    lines: [line('a'), line('b')],
    references: [{ field: 'CustNum', postingKey: customer, attribute: 'CustNum', table: null, lineKey: null }, inLine('b')],
  });
  const composed = composeDocument(request, references, undefined);
  expect(composed).toMatchObject({ kind: 'document', document: { fields: { CustNum: '881' } } });
  expect(composed.kind === 'document' && composed.document.lines).toEqual([
    line('a'),
    { table: 'InvcDtl', key: 'b', fields: { Amount: '1.00', CustNum: '881' } },
  ]);
  // Composing the document does not change the request.
  expect(request.lines[1]?.fields).toEqual({ Amount: '1.00' });
});

it('says which field and which document when a reference has no value', () => {
  const request = aReceipt('ch_1', { lines: [line('a')], references: [inLine('a')] });
  expect(composeDocument(request, new Map(), undefined)).toEqual({
    kind: 'answered',
    answer: {
      kind: 'rejected',
      code: 'posting.reference-missing',
      text: `posting ${request.postingKey}: field InvcDtl[a].CustNum should be CustNum of ${customer}, which has none that fits`,
    },
  });
});

it('refuses a reference into a line that the document does not have', () => {
  const request = aReceipt('ch_1', { lines: [line('a')], references: [inLine('z')] });
  expect(composeDocument(request, references, undefined)).toMatchObject({
    kind: 'answered',
    answer: { kind: 'rejected', code: 'posting.reference-misplaced', text: expect.stringContaining('InvcDtl[z].CustNum') },
  });
});

it('leaves the field of a document that it does without as the request has it', () => {
  const need = { postingKey: customer, until: 'saved', ifNeverAsked: 'without', afterMs: 0n };
  const request = aReceipt('ch_1', { lines: [line('a')], references: [inLine('a')], needs: [need] });
  expect(composeDocument(request, new Map(), undefined)).toMatchObject({ document: { lines: [line('a')] } });
  expect(composeDocument(request, references, undefined)).toMatchObject({ document: { lines: [{ fields: { CustNum: '881' } }] } });
});

it('passes on what happens in a closed period, when the request says it', () => {
  expect(composeDocument(aReceipt('ch_1', { onClosedPeriod: 'next-open' }), references, undefined)).toMatchObject({
    document: { onClosedPeriod: 'next-open' },
  });
  expect(composeDocument(aReceipt('ch_1'), references, undefined)).not.toHaveProperty('document.onClosedPeriod');
});
