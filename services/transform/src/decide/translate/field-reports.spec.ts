import { MoneyError } from '@tributary/domain';
import { fieldReport, translateBody } from '../../testing/fixtures.js';

// What has to become of bodies made after public reports: proof/fixtures/field/SOURCES.md.

it('takes characters out that no store can hold', () => {
  const payments = [1, 2, 3].map((n) => translateBody(fieldReport(`text.${n}.charge.succeeded`)).facts[0]?.value);
  expect(payments).toMatchObject([
    { chargeId: 'ch_field10Meta', amount: { minor: 1_500n } },
    { chargeId: 'ch_field10Name', amount: { minor: 1_600n }, payer: { name: 'Ivo Marek' }, description: 'Order 9' },
    { chargeId: 'ch_field10Lone', amount: { minor: 1_700n }, payer: { name: 'Kai' } },
  ]);
});

it('keeps leading zeros, and metadata keys of any name', () => {
  const { metadata, description } = translateBody(fieldReport('metadata-keys.charge.succeeded')).facts[0]?.value as {
    metadata: Record<string, string>;
    description: string;
  };
  expect(description).toBe('00042');
  expect(new Map(Object.entries(metadata))).toEqual(
    new Map([
      ['erp_order_ref', '000123450'],
      ['order.id', '0007'],
      ['ключ', 'значение'],
      ['=cmd', '=1+2'],
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['a'.repeat(40), 'z'.repeat(500)],
      ['empty', ''],
      ['erp_customer_id', '0000001002'],
    ]),
  );
});

it('takes a capture of a part for that part, where the rest is an embedded refund', () => {
  const { facts } = translateBody(fieldReport('charge.captured.partial.2019'));
  expect(facts).toMatchObject([{ event: { type: 'ar.payment-received' }, value: { amount: { minor: 1_000n, currency: 'USD' } } }]);
});

it('refuses an amount that its currency cannot have', () => {
  expect(() => translateBody(fieldReport('charge.succeeded.isk-odd'))).toThrow(MoneyError);
  expect(translateBody(fieldReport('charge.succeeded.isk')).facts[0]?.value).toMatchObject({
    amount: { minor: 114_800n, currency: 'ISK' },
  });
});
