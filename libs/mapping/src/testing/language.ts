import { recordTypeOf } from '../language.js';
import type { AssetLanguage } from '../language.js';

const money = {
  type: 'record',
  namespace: 'tributary.common',
  name: 'Money',
  fields: [field('minor', 'long'), field('currency', 'string')],
};
const address = {
  type: 'record',
  namespace: 'tributary.common',
  name: 'Address',
  fields: [field('line1', opt('string')), field('line2', opt('string'))],
};
const payer = {
  type: 'record',
  namespace: 'tributary.ar',
  name: 'Payer',
  fields: [field('name', opt('string')), field('email', opt('string')), field('address', opt(address))],
};
const customer = {
  type: 'record',
  namespace: 'tributary.party',
  name: 'Customer',
  fields: [
    field('name', opt('string')),
    field('address', opt('tributary.common.Address')),
    field('metadata', { type: 'map', values: 'string' }),
  ],
};
const method = {
  type: 'record',
  namespace: 'tributary.ar',
  name: 'PaymentMethod',
  fields: [field('type', 'string'), field('last4', opt('string'))],
};
const paid = {
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
const failed = { type: 'record', namespace: 'tributary.ar', name: 'PaymentFailed', fields: [field('chargeId', 'string')] };

function field(name: string, type: unknown): unknown {
  return { name, type };
}

function opt(type: unknown): unknown {
  return ['null', type];
}

/** A small language for specs of the engine; the shipped one is checked with the shipped assets. */
export const smallLanguage: AssetLanguage = {
  events: new Map([
    ['ar.payment-received', recordTypeOf(paid)],
    ['ar.payment-failed', recordTypeOf(failed)],
  ]),
  shapes: new Map([
    [
      'demo/receipt',
      {
        fields: new Map([
          ['Number', { type: 'text', maxLength: 20, required: true }],
          ['Amount', { type: 'decimal', required: true }],
          ['Day', { type: 'date', required: false }],
          ['Bank', { type: 'text', maxLength: 10, required: false }],
          ['Name', { type: 'text', maxLength: 10, required: false }],
          ['Method', { type: 'integer', required: false }],
          ['Closed', { type: 'boolean', required: false }],
          ['Customer', { type: 'integer', required: false }],
        ]),
        customFields: { suffix: '_c', type: 'text', maxLength: 255 },
      },
    ],
    ['demo/customer', { fields: new Map([['Name', { type: 'text', maxLength: 10, required: true }]]) }],
  ]),
};
