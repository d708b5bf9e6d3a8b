import type { AvroField, AvroRecord } from '@tributary/contracts';
import { incompatibilities } from './compatibility.js';

const money: AvroRecord = {
  type: 'record',
  namespace: 'tributary.common',
  name: 'Money',
  fields: [
    { name: 'minor', type: { type: 'long', logicalType: 'minor-units' } },
    { name: 'currency', type: 'string' },
  ],
};

const refund = (fields: readonly AvroField[]): AvroRecord => ({ type: 'record', namespace: 'tributary.ar', name: 'Refund', fields });
const id: AvroField = { name: 'refundId', type: 'string' };
const amount: AvroField = { name: 'amount', type: money };
const reason: AvroField = { name: 'reason', type: ['null', 'string'], default: null };
const version1 = { version: 1, schema: refund([id, amount]) };

it.each([
  ['the same schema', refund([id, amount])],
  ['other docs', { ...refund([{ ...id, doc: 'Id.' }, amount]), doc: 'Money given back.' }],
  ['a new field with a default', refund([id, amount, reason])],
])('lets %s pass', (_what, current) => {
  expect(incompatibilities(current, [version1])).toEqual([]);
});

// Each of these is a change that somebody will try. None may pass.
it.each([
  ['a renamed field', refund([{ ...id, name: 'id' }, amount]), /readers with version 1 cannot read/],
  ['a renamed field (old data)', refund([{ ...id, name: 'id' }, amount]), /version 1 cannot be read any more/],
  ['a new field without a default', refund([id, amount, { name: 'reason', type: 'string' }]), /version 1 cannot be read any more/],
  ['a removed field that had no default', refund([id]), /readers with version 1 cannot read/],
  ['a changed type', refund([{ ...id, type: 'int' }, amount]), /version 1 cannot be read any more/],
  [
    'a widened type, one way only',
    refund([{ ...id, type: ['null', 'string'], default: null }, amount]),
    /readers with version 1 cannot read/,
  ],
  [
    'another unit of a nested long',
    refund([
      id,
      {
        ...amount,
        type: {
          ...money,
          fields: [{ name: 'minor', type: { type: 'long', logicalType: 'timestamp-millis' } }, money.fields[1] as AvroField],
        },
      },
    ]),
    /Money\.minor changed its logical type/,
  ],
])('refuses %s', (_what, current, message) => {
  expect(incompatibilities(current, [version1]).join('\n')).toMatch(message);
});

it('compares with every version, not only with the newest', () => {
  const dropped = refund([id, amount]);
  const returned = refund([id, amount, { ...reason, type: ['null', 'int'], default: null }]);
  const history = [
    { version: 1, schema: refund([id, amount, reason]) },
    { version: 2, schema: dropped },
  ];
  expect(incompatibilities(returned, history.slice(1))).toEqual([]);
  expect(incompatibilities(returned, history).join('\n')).toContain('version 1 cannot be read any more');
});
