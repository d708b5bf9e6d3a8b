import { readdirSync } from 'node:fs';
import { errorCodeOf, stripeFixture } from '@tributary/domain';
import fc from 'fast-check';
import { fixture, translateBody } from '../../testing/fixtures.js';
import { listed, mapperBodies } from '../../testing/mapper-bodies.js';
import type { Json } from '../stripe-model/stripe-event.js';

const folder = new URL('../../../../../proof/fixtures/stripe/', import.meta.url);
const recorded = readdirSync(new URL('recorded/', folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => fixture(`recorded/${name}`))
  .filter(({ object, id, type }) => object === 'event' && typeof id === 'string' && typeof type === 'string');
const bodies = [...mapperBodies(), ...recorded];

const fixtureOf = (body: Json): Json => {
  const made = stripeFixture(JSON.stringify(body));
  if (!made) throw new Error(`no fixture of ${String(body.type)}`);
  return JSON.parse(made.body) as Json;
};

/** All exact numbers of a fact: its amounts. */
function amountsIn(value: unknown): string[] {
  if (typeof value === 'bigint') return [value.toString()];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(amountsIn) : [];
}

/** What a body is translated to, without the texts in it. */
function translated(body: Json): unknown {
  try {
    const { facts, record } = translateBody(body, listed);
    return {
      facts: facts.map(({ eventId, event, sequence, value }) => [event.type, eventId, sequence, amountsIn(value)]),
      ignored: record.ignoredReason,
    };
  } catch (error) {
    return errorCodeOf(error);
  }
}

it('is translated to the same facts with the same amounts as the event that it is made of', () => {
  expect(bodies.length).toBeGreaterThan(60);
  for (const body of bodies) expect([body.type, translated(fixtureOf(body))]).toEqual([body.type, translated(body)]);
});

/** By hand, from what Stripe documents: fields that a person fills in, or that identify one. Independent of the code's own list. */
const personal =
  /^(?:name|email|phone|line1|line2|city|postal_code|description|receipt_email|customer_email|customer_name|customer_phone|account_holder_name|address_line1|address_city|address_zip|statement_descriptor|uncategorized_text|last4|fingerprint|customer_purchase_ip|customer_email_address|verified_name|verified_address|hosted_invoice_url|receipt_url)$/;

function personalTexts(value: unknown, field = '', inMetadata = false): string[] {
  if (typeof value === 'string')
    return (personal.test(field) || inMetadata) && value.length > 3 && !field.startsWith('tributary') ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => personalTexts(item, field, inMetadata));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => personalTexts(item, name, field === 'metadata' || name === 'metadata'));
}

it('has none of the texts about people, and no card data, of any recorded event', () => {
  const found = bodies.flatMap((body) => {
    const text = JSON.stringify(fixtureOf(body));
    const standIns = new Set(['4242', '4242424242424242', 'text', '00000']);
    return personalTexts(body).filter((one) => !standIns.has(one) && text.includes(JSON.stringify(one).slice(1, -1)));
  });
  // A word that is also an id or a word of Stripe's own lists says nothing of a person.
  const said = new Set(bodies.flatMap((body) => wordsIn(body)));
  expect(found.filter((one) => !said.has(one))).toEqual([]);
});

function wordsIn(value: unknown, field = ''): string[] {
  if (typeof value === 'string') return /^(?:object|type|status|currency|brand|id|reason|order_reference)$/.test(field) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, item]) => wordsIn(item, name)) : [];
}

type Path = readonly (string | number)[];
function textPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => textPaths(item, [...path, key])) : [];
}

function withText(body: Json, path: Path, text: string): Json {
  const copy = structuredClone(body);
  let place: Record<string, unknown> = copy;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>;
  place[path.at(-1) as string] = text;
  return copy;
}

it('shows no text that a person may have written, in whatever field it stands', () => {
  const someone = fc
    .tuple(
      fc.stringMatching(/^[A-Z][a-z]{3,8}$/),
      fc.constantFrom(' ', '@', "'s ", ', ', '\u00e9 ', '\u202e'),
      fc.stringMatching(/^[A-Z][a-z]{3,8}$/),
    )
    .map(([first, between, last]) => `${first}${between}${last}`);
  fc.assert(
    fc.property(fc.constantFrom(...bodies), fc.nat(), someone, (body, place, text) => {
      const paths = textPaths(body).filter((path) => path[0] !== 'id' && path[0] !== 'type');
      const path = paths[place % paths.length] as Path;
      const made = stripeFixture(JSON.stringify(withText(body, path, text)));
      expect(made?.body).not.toContain(JSON.stringify(text).slice(1, -1));
      expect(made?.replaced.length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});

it('shows no name of a field that a person may have written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 3 }), fc.constantFrom('metadata', 'custom'), (name, field) => {
      const body = { id: 'evt_1', object: 'event', type: 'charge.succeeded', data: { object: { [field]: { [`Max ${name}`]: 'x' } } } };
      expect(stripeFixture(JSON.stringify(body))?.body).not.toContain('Max');
    }),
  );
});

it('keeps the same stand-in for the same text, and makes none of what is no event', () => {
  const charge = {
    billing_details: { name: 'Ada Lovelace', email: 'ada@lovelace.example' },
    shipping: { name: 'Ada Lovelace' },
    description: 'For Ada',
  };
  const made = fixtureOf({ id: 'evt_1', object: 'event', type: 'charge.succeeded', data: { object: charge } });
  expect(made.data).toEqual({
    object: { billing_details: { name: 'Person 1', email: 'person2@example.test' }, shipping: { name: 'Person 1' }, description: 'text 3' },
  });
  for (const text of ['', '[]', 'null', '{"id":"evt_1"}', '{"id":"a b","type":"x"}', '{']) expect(stripeFixture(text)).toBeUndefined();
});
