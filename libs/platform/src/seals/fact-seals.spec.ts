import { createHmac } from 'node:crypto';
import { headers as names, sealedHeaders } from '@tributary/contracts';
import fc from 'fast-check';
import { FactSeals } from './fact-seals.js';
import type { SealedParts } from './fact-seals.js';
import { parseSealKeys } from './seal-keys.js';
import { factSealsOf } from './seals-of.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const keys = `ingest.a=${key(1)},transform=${key(2)},erp-sink=${key(3)},recon=${key(4)}`;
const sealsOf = (service: 'ingest' | 'transform' | 'erp-sink' | 'recon', more: object = {}): FactSeals =>
  new FactSeals({ service, keys: () => keys, warn: () => undefined, ...more });
const raw = 'stripe.event-received';
const parts: SealedParts = {
  key: 'cus_1',
  value: Buffer.from('{"id":"evt_1"}'),
  headers: { [names.id]: 'evt_1', [names.type]: raw, [names.subject]: 'charge.succeeded', [names.sequence]: 'pi_1' },
};
const sealed = (by: FactSeals, what: SealedParts = parts): SealedParts => ({
  ...what,
  headers: { ...what.headers, [names.seal]: by.seal(what) },
});

it('is HMAC-SHA256 over the sealed headers as JSON, then the value', () => {
  const head = ['fact', 'ingest.a', 'cus_1', false, ...sealedHeaders.map((name) => parts.headers[name] ?? null)];
  const mac = createHmac('sha256', Buffer.alloc(32, 1)).update(JSON.stringify(head)).update('{"id":"evt_1"}').digest('base64url');
  expect(sealsOf('ingest').seal(parts)).toBe(`v1:ingest.a:${mac}`);
});

it('accepts what the right service sealed, and from nobody else', () => {
  const verifier = sealsOf('transform');
  expect(verifier.problem(raw, sealed(sealsOf('ingest')), 0)).toBeUndefined();
  expect(verifier.problem(raw, sealed(sealsOf('recon')), 0)).toBeUndefined();
  expect(verifier.problem(raw, sealed(sealsOf('erp-sink')), 0)).toMatchObject({ code: 'fact.seal-wrong' });
  for (const type of ['ar.payment-received', 'postings.posting-requested'])
    expect([sealsOf('transform'), sealsOf('recon'), sealsOf('ingest')].map((by) => verifier.problem(type, sealed(by), 0)?.code)).toEqual([
      undefined,
      undefined,
      'fact.seal-wrong',
    ]);
  expect(verifier.problem('erp.posting-concluded', sealed(sealsOf('transform')), 0)?.code).toBe('fact.seal-wrong');
  expect(verifier.problem('erp.posting-concluded', sealed(sealsOf('erp-sink')), 0)).toBeUndefined();
});

it('refuses every change of key, value or a sealed header, and no change of another one', () => {
  const genuine = sealed(sealsOf('ingest'));
  const verifier = sealsOf('recon');
  const code = (what: SealedParts): string | undefined => verifier.problem(raw, what, 0)?.code;
  fc.assert(
    fc.property(fc.constantFrom(...sealedHeaders), fc.option(fc.string(), { nil: undefined }), (name, value) => {
      fc.pre(value !== genuine.headers[name]);
      const { [name]: _, ...rest } = genuine.headers;
      expect(code({ ...genuine, headers: value === undefined ? rest : { ...rest, [name]: value } })).toBe('fact.seal-wrong');
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (value, recordKey) => {
      fc.pre(!Buffer.from(value).equals(parts.value as Buffer) && recordKey !== 'cus_1');
      expect([code({ ...genuine, value }), code({ ...genuine, key: recordKey })]).toEqual(['fact.seal-wrong', 'fact.seal-wrong']);
    }),
  );
  expect(code({ ...genuine, value: null })).toBe('fact.seal-wrong');
  expect(code({ ...genuine, headers: { ...genuine.headers, [names.attempts]: '3', [names.traceparent]: 'x' } })).toBeUndefined();
});

it('refuses every seal that is no seal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.stringMatching(/^[A-Za-z0-9_-]{43}$/).map((mac) => `v1:ingest.a:${mac}`),
      ),
      (seal) => {
        expect(sealsOf('recon').problem(raw, { ...parts, headers: { ...parts.headers, [names.seal]: seal } }, 0)?.code).toBe(
          'fact.seal-wrong',
        );
      },
    ),
  );
});

it('refuses what has none, but for what Kafka took before the upgrade', () => {
  expect(sealsOf('recon').problem(raw, parts, 0)?.code).toBe('fact.seal-missing');
  const upgraded = sealsOf('recon', { requiredFrom: 1_000 });
  expect([999, 1_000].map((timestamp) => upgraded.problem(raw, parts, timestamp)?.code)).toEqual([undefined, 'fact.seal-missing']);
});

it('takes orders from recon only, and for the message that they are about', () => {
  const ordered = { ...parts, headers: { ...parts.headers, [names.order]: 'o1', [names.orderAction]: 'skip' } };
  const give = (by: FactSeals): SealedParts => ({ ...ordered, headers: { ...ordered.headers, [names.orderSeal]: by.sealOrder(ordered) } });
  const given = give(sealsOf('recon'));
  const code = (what: SealedParts): string | undefined => sealsOf('transform').orderProblem(what, 0)?.code;
  expect(code(given)).toBeUndefined();
  expect(code(give(sealsOf('transform')))).toBe('fact.seal-wrong');
  expect(code({ ...given, headers: { ...given.headers, [names.answers]: '{"refund.approval":"post"}' } })).toBe('fact.seal-wrong');
  expect(code({ ...given, value: Buffer.from('{}') })).toBe('fact.seal-wrong');
  expect(code(ordered)).toBe('fact.seal-missing');
});

it('takes over new keys while it runs, and keeps the old ones when the new cannot be read', () => {
  let [text, now] = [keys, 0];
  const warnings: string[] = [];
  const seals = sealsOf('ingest', { keys: () => text, now: () => now, warn: (line: string) => warnings.push(line) });
  text = `ingest.b=${key(9)},${keys}`;
  expect(seals.seal(parts)).toContain('v1:ingest.a:');
  now = 2_000;
  expect(seals.seal(parts)).toContain('v1:ingest.b:');
  expect(seals.problem(raw, sealed(sealsOf('ingest')), 0)).toBeUndefined();
  text = 'nonsense';
  now = 4_000;
  expect(seals.seal(parts)).toContain('v1:ingest.b:');
  expect(warnings).toEqual([expect.stringContaining('FACT_SEAL_KEYS: entry 1 is not')]);
});

it.each([
  ['', 'it holds no key'],
  ['stranger=aaaa', 'entry 1 is not <service>[.<label>]=<base64>'],
  [`ingest=${Buffer.alloc(31).toString('base64')}`, 'the key ingest is not base64 of at least 32 bytes'],
  [`ingest=${key(1)},ingest=${key(2)}`, 'two keys are called ingest'],
])('refuses the keys %j', (text, problem) => {
  expect(() => parseSealKeys(text)).toThrow(problem);
});

it('needs keys in production, with one of its own, and warns elsewhere', () => {
  const warnings: string[] = [];
  const make = (config: object): unknown => factSealsOf(config, 'ingest', (text) => warnings.push(text));
  expect(make({ TRIBUTARY_ENVIRONMENT: 'dev' })).toBeUndefined();
  expect(warnings).toHaveLength(1);
  expect(() => make({ TRIBUTARY_ENVIRONMENT: 'prod' })).toThrow('FACT_SEAL_KEYS is missing');
  expect(() => make({ FACT_SEAL_KEYS: `recon=${key(1)}` })).toThrow('there is no key of ingest');
  expect(() => make({ FACT_SEAL_KEYS: keys, FACT_SEAL_KEYS_FILE: 'x' })).toThrow('keep one');
});
