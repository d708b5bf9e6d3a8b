import type { AvroRecord } from '@tributary/contracts';
import { schemaView } from './schema-fields.js';

const amount: AvroRecord = {
  ...{ type: 'record', namespace: 't', name: 'Amount' },
  fields: [{ name: 'minor', type: { type: 'long', logicalType: 'minor-units' }, doc: 'Minor units.' }],
};
const receipt: AvroRecord = {
  ...{ type: 'record', namespace: 't', name: 'Receipt', doc: 'Money came in.' },
  fields: [
    { name: 'amount', type: amount, doc: 'Gross.' },
    { name: 'fee', type: ['null', 't.Amount'] },
    { name: 'lines', type: { type: 'array', items: 't.Amount' } },
    { name: 'texts', type: { type: 'map', values: 'string' } },
  ],
};

it('has every field with its type and its meaning, also of records that are named a second time', () => {
  const view = schemaView({ id: 7, schema: receipt, version: 3 }, receipt);
  expect(view).toMatchObject({ id: 7, name: 't.Receipt', version: 3, doc: 'Money came in.', isCurrent: true });
  expect(view.fields.map(({ path, type, doc }) => [path, type, doc])).toEqual([
    ['amount', 'Amount', 'Gross.'],
    ['amount.minor', 'minor-units', 'Minor units.'],
    ['fee', 'null or Amount', null],
    ['fee.minor', 'minor-units', 'Minor units.'],
    ['lines', 'list of Amount', null],
    ['lines[].minor', 'minor-units', 'Minor units.'],
    ['texts', 'map of string', null],
  ]);
});

it('says of an older schema, and of one that nobody writes any more, that it is not the current one', () => {
  const older = { ...receipt, fields: receipt.fields.slice(1).map((field) => ({ ...field, type: 'string' })) };
  expect(schemaView({ id: 1, schema: older }, receipt).isCurrent).toBe(false);
  expect(schemaView({ id: 1, schema: receipt }, undefined).isCurrent).toBe(false);
});

it('ends for a record that holds itself', () => {
  const tree: AvroRecord = { type: 'record', name: 'Tree', fields: [{ name: 'children', type: { type: 'array', items: 'Tree' } }] };
  expect(schemaView({ id: 1, schema: tree }, tree).fields.map(({ path }) => path)).toEqual(['children']);
});
