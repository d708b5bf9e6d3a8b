import { decodeAvro, encodeAvro, events, schemaOf } from '@tributary/contracts';
import { aRequest } from '../../testing/requests.js';
import { fromEditableJson, toEditableJson } from './avro-json.js';
import { difference } from './diff.js';
import { checkEdit, editable } from './edit.js';
import type { Original } from './edit.js';

const record = 'tributary.postings.PostingRequested';
const schema = schemaOf(record);
const request = aRequest('ch_1', { fields: { ...aRequest('ch_1').fields, Note: null, Old: true, CustNum: 2n ** 60n } });
/** Encoded and decoded once, so that the value is what a real message yields. */
const value = decodeAvro(record, encodeAvro(record, request));
const original: Original = { eventType: events.postingRequested.type, schema, value };
type Json = Record<string, unknown> & { fields: Record<string, unknown> };
const json = (): Json => structuredClone(editable(original)) as Json;

describe('a value as JSON', () => {
  it('comes back as it was, exact to the last digit', () => {
    const text = JSON.stringify(toEditableJson(schema, value));
    expect(text).toContain('"CustNum":{"integer":"1152921504606846976"}');
    const { value: back, problems } = fromEditableJson(schema, JSON.parse(text));
    expect(problems).toEqual([]);
    expect(encodeAvro(record, back)).toEqual(encodeAvro(record, value));
  });

  it.each([
    [
      'a number for an amount',
      { amount: { minor: 1050, currency: 'USD' } },
      'amount.minor',
      'a whole number as text ("29429")',
      'a number',
    ],
    ['more digits than a long has', { version: '9223372036854775808' }, 'version', 'a whole number as text ("29429")', 'text'],
    ['text for a time', { requestedAt: '2026-11-20' }, 'requestedAt', 'milliseconds since 1970 as a number', 'text'],
    ['no list', { dependsOn: 'x' }, 'dependsOn', 'a list', 'text'],
    ['a wrong entry of a list', { dependsOn: ['a', 2] }, 'dependsOn[1]', 'text', 'a number'],
    ['a field nobody knows', { colour: 'red' }, 'colour', 'no such field', 'text'],
    [
      'a bare number in a field of the document',
      { fields: { CustNum: 7 } },
      'fields.CustNum',
      'null or text or true or false or { "integer": "<digits>" }',
      'a number',
    ],
  ])('refuses %s, and says where and what was expected', (_name, change, path, expected, found) => {
    expect(fromEditableJson(schema, { ...json(), ...change }).problems).toEqual([{ path, expected, found }]);
  });

  it('names every field that is missing at once', () => {
    const { postingKey: _key, target: _target, ...rest } = json();
    expect(fromEditableJson(schema, rest).problems.map(({ path }) => path)).toEqual(['postingKey', 'target']);
  });
});

describe('an edited posting request', () => {
  const plain: Original = { ...original, value: decodeAvro(record, encodeAvro(record, aRequest('ch_1'))) };
  const edited = (fields: object): unknown => {
    const before = editable(plain) as Json;
    return { ...before, fields: { ...before.fields, ...fields } };
  };

  it('gets its digest made anew', () => {
    const checked = checkEdit(plain, edited({ TranDate: '2026-12-01' }));
    expect(checked).toMatchObject({
      ok: true,
      differences: [{ path: 'fields.TranDate', before: '2026-11-20', after: '2026-12-01' }, { path: 'digest' }],
    });
  });

  it('keeps what it is known by', () => {
    expect(checkEdit(plain, { ...(edited({}) as object), postingKey: 'kinetic-main/cash-receipt/ch_2', sequence: 'pi_2' })).toMatchObject({
      ok: false,
      problems: [{ path: 'postingKey' }, { path: 'sequence' }],
    });
  });

  it('has to fit the document of the ERP', () => {
    expect(checkEdit(plain, edited({ DocTranAmt: 'ten' }))).toMatchObject({ ok: false, problems: [{ path: 'fields.DocTranAmt' }] });
    expect(checkEdit(plain, edited({ Colour: 'red' }))).toMatchObject({ ok: false, problems: [{ path: 'fields.Colour' }] });
  });
});

it('keeps the identity of a raw event', () => {
  const raw: Original = {
    eventType: events.stripeEventReceived.type,
    schema: undefined,
    value: { id: 'evt_1', type: 'charge.succeeded', data: { object: {} } },
  };
  expect(checkEdit(raw, { id: 'evt_1', type: 'charge.succeeded', data: { object: { a: 1 } } })).toMatchObject({ ok: true });
  expect(checkEdit(raw, { id: 'evt_2', type: 'charge.succeeded', data: { object: {} } })).toMatchObject({
    ok: false,
    problems: [{ path: 'id' }],
  });
  expect(checkEdit(raw, 'text')).toMatchObject({ ok: false, problems: [{ path: '' }] });
});

it('finds every difference, and only those', () => {
  expect(difference({ a: 1, b: [1, { c: 2 }], d: null }, { a: 1, b: [1, { c: 3 }, 4], e: 5 })).toEqual([
    { path: 'b[1].c', before: 2, after: 3 },
    { path: 'b[2]', after: 4 },
    { path: 'd', before: null },
    { path: 'e', after: 5 },
  ]);
  expect(difference({ a: [] }, { a: {} })).toEqual([{ path: 'a', before: [], after: {} }]);
});
