import { recordTypeOf } from '../language.js';
import type { AvroField, AvroRecord, AvroSchema, ErpDocumentShape } from '@tributary/contracts';
import type { AssetLanguage } from '../language.js';

const told = { source: 'specs', description: 'A field of a demo document.' };

const money: AvroRecord = {
  type: 'record',
  namespace: 'tributary.common',
  name: 'Money',
  fields: [field('minor', 'long'), field('currency', 'string')],
};
const address: AvroRecord = {
  type: 'record',
  namespace: 'tributary.common',
  name: 'Address',
  fields: [field('line1', opt('string')), field('line2', opt('string'))],
};
const payer: AvroRecord = {
  type: 'record',
  namespace: 'tributary.ar',
  name: 'Payer',
  fields: [field('name', opt('string')), field('email', opt('string')), field('address', opt(address))],
};
const customer: AvroRecord = {
  type: 'record',
  namespace: 'tributary.party',
  name: 'Customer',
  fields: [
    field('name', opt('string')),
    field('address', opt('tributary.common.Address')),
    field('metadata', { type: 'map', values: 'string' }),
  ],
};
const method: AvroRecord = {
  type: 'record',
  namespace: 'tributary.ar',
  name: 'PaymentMethod',
  fields: [field('type', 'string'), field('last4', opt('string'))],
};
const paid: AvroRecord = {
  type: 'record',
  namespace: 'tributary.ar',
  name: 'PaymentReceived',
  fields: [
    field('chargeId', 'string'),
    field('paymentId', 'string'),
    field('customerId', opt('string')),
    field('payer', payer),
    field('customer', opt(customer)),
    field('amount', money),
    field('method', method),
    field('receivedAt', { type: 'long', logicalType: 'timestamp-millis' }),
    field('metadata', { type: 'map', values: 'string' }),
  ],
};
const failed: AvroRecord = { type: 'record', namespace: 'tributary.ar', name: 'PaymentFailed', fields: [field('chargeId', 'string')] };

function field(name: string, type: AvroSchema): AvroField {
  return { name, type };
}

function opt(type: AvroSchema): AvroSchema {
  return ['null', type];
}

/** A small language for specs of the engine; the shipped language is tested together with the shipped assets. */
export const smallLanguage: AssetLanguage = {
  events: new Map([
    ['ar.payment-received', recordTypeOf(paid)],
    ['ar.payment-failed', recordTypeOf(failed)],
  ]),
  shapes: new Map<string, ErpDocumentShape>([
    [
      'demo/receipt',
      {
        name: 'demo/receipt',
        kind: 'receipt',
        fields: {
          Number: { type: 'text', maxLength: 20, required: true, ...told },
          Amount: { type: 'decimal', required: true, ...told },
          Day: { type: 'date', ...told },
          Bank: { type: 'text', maxLength: 10, ...told },
          Name: { type: 'text', maxLength: 10, ...told },
          Method: { type: 'integer', ...told },
          Closed: { type: 'boolean', ...told },
          Customer: { type: 'integer', ...told },
        },
        custom: { pattern: /_c$/, maxLength: 255, source: 'specs' },
      },
    ],
    [
      'demo/customer',
      { name: 'demo/customer', kind: 'customer', fields: { Name: { type: 'text', maxLength: 10, required: true, ...told } } },
    ],
  ]),
};
