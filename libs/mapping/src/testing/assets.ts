import type { AssetFile } from '../assets/asset-reader.js';

const profile = `kind: profile
name: main
target: demo-main
company: D1
timeZone: America/New_York
bankAccounts:
  USD: BANKUSD
  JPY: BANKJPY
paymentMethods:
  card: '7'
values:
  terms: N30
`;

const receipt = `kind: mapping
name: receipt
shape: demo/receipt
parameters:
  amount: money
  chargeId: text
  name: text
  receivedAt: integer
  method: method
fields:
  Number: truncate(chargeId, 20)
  Amount: decimalText(amount)
  Day: date(receivedAt)
  Bank: bankAccount(amount.currency)
  Name: truncate(name, 10)
  Method: paymentMethodNumber(method.type)
  Closed: false
  Key_c: postingKey
`;

const customer = `kind: mapping
name: customer
shape: demo/customer
parameters:
  name: text
fields:
  Name: truncate(coalesce(name, 'Nobody'), 10)
`;

const flow = `kind: flow
name: pay
profile: main
triggers:
  - ar.payment-received
when: event.amount.minor > 0
steps:
  - name: customer
    document: customer
    protocol: ensure
    mapping: customer
    sourceId: customerSourceId(event.customerId, event.payer.email, event.payer.name, event.paymentId)
    with:
      name: coalesce(event.customer.name, event.payer.name)
  - name: receipt
    document: receipt
    protocol: create-once
    mapping: receipt
    sourceId: event.chargeId
    amount: event.amount
    references:
      - { field: Customer, step: customer, attribute: Num }
    with:
      amount: event.amount
      chargeId: event.chargeId
      name: event.payer.name
      receivedAt: event.receivedAt
      method: event.method
`;

const texts = { profile, receipt, customer, flow };

/** A small, valid set of assets; `changes` replaces a text in some of them. */
export function demoAssets(changes: Partial<Record<keyof typeof texts, readonly [from: string, to: string]>> = {}): AssetFile[] {
  const files = Object.entries(texts).map(([name, text]) => {
    const change = changes[name as keyof typeof texts];
    if (change && !text.includes(change[0])) throw new Error(`the demo ${name} has no "${change[0]}"`);
    return { path: `assets/${name}.yaml`, text: change ? text.replace(change[0], change[1]) : text };
  });
  return [...files, { path: 'assets/regions.csv', text: 'key,value\nOH,Ohio\n' }];
}
