import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawFactProducer } from '../emit/raw-fact.producer.js';
import { endpointSource } from '../endpoint-source.js';
import { eventFixtures, signed } from '../testing/fixtures.js';
import { SecretWatch } from './secret-watch.js';
import { StripeWebhookReceiver } from './stripe-webhook.receiver.js';

/** Signing secrets that are exchanged while ingest runs. */
const folder = mkdtempSync(join(tmpdir(), 'rotation-'));
const file = join(folder, 'endpoints.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const end = Date.parse('2026-11-28T12:00:00Z');
const until = '2026-11-28T13:00:00+01:00';
const { bytes, json } = eventFixtures()[0]!;
let warnings: string[];
let produced: number;

function write(secrets: readonly unknown[], more: object = {}): void {
  const endpoint = { name: 'default', secrets, livemode: json.livemode, account: json.account ?? null, ...more };
  writeFileSync(file, JSON.stringify([endpoint]));
}
const source = () => endpointSource({ STRIPE_ENDPOINTS_FILE: file }, (text) => void warnings.push(text));
function receiver(): (secret: string, atMs: number) => Promise<number | string> {
  const producer = { admit: () => undefined, produce: () => Promise.resolve(void (produced += 1)) } as unknown as RawFactProducer;
  const made = new StripeWebhookReceiver(source(), { toleranceS: 300, futureS: 300 }, producer);
  return async (secret, atMs) => {
    const signature = signed(bytes, Math.floor(atMs / 1_000), secret);
    try {
      return (await made.receive({ endpoint: 'default', signature, body: bytes, receivedAt: new Date(atMs) })).secretIndex;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
}
beforeEach(() => {
  [warnings, produced] = [[], 0];
});

it('accepts the old secret until its end, and refuses it from then on', async () => {
  write(['whsec_new', { secret: 'whsec_old', until }]);
  const receive = receiver();
  expect([await receive('whsec_new', end - 1), await receive('whsec_old', end - 1)]).toEqual([0, 1]);
  expect([await receive('whsec_new', end), await receive('whsec_old', end)]).toEqual([0, 'stripe.signature-mismatch']);
  expect(produced).toBe(3);
});

it('keeps the number of a secret when one before it has ended', async () => {
  write([{ secret: 'whsec_first', until }, 'whsec_second']);
  expect(await receiver()('whsec_second', end + 1)).toBe(1);
});

it('takes secrets from its file as they are now, without a restart', async () => {
  write(['whsec_one']);
  const receive = receiver();
  expect(await receive('whsec_two', end)).toBe('stripe.signature-mismatch');
  write(['whsec_two', { secret: 'whsec_one', until }]);
  expect([await receive('whsec_two', end - 1), await receive('whsec_one', end - 1)]).toEqual([0, 1]);
  expect(warnings).toEqual([]);
});

it.each<[string, () => void]>([
  ['is empty', () => writeFileSync(file, '')],
  ['is half-written', () => writeFileSync(file, '[{"name":"default","secrets":["whsec_tw')],
  ['is gone', () => rmSync(file)],
  ['names a secret that is none', () => write(['sk_test_123'])],
  ['gives an end without its zone', () => write([{ secret: 'whsec_two', until: '2026-11-28T12:00:00' }])],
])('goes on with the old secrets while the file %s, and warns without a secret', async (_, change) => {
  write(['whsec_one']);
  const receive = receiver();
  change();
  expect([await receive('whsec_one', end), await receive('whsec_one', end)]).toEqual([0, 0]);
  expect(warnings).toEqual([expect.stringContaining('the secret that was read before stays in use')]);
  expect(warnings.join()).not.toMatch(/whsec_|sk_test/);
});

it('warns before a secret ends, and tells when the next one does', () => {
  write(['whsec_new', { secret: 'whsec_old', until }]);
  const said: unknown[] = [];
  const watch = new SecretWatch(source(), { warn: (text: unknown) => void said.push(text) });
  watch.look(end - 7 * 3_600_000);
  expect(said).toEqual([]);
  watch.look(end - 3_600_000);
  watch.look(end);
  expect(said).toEqual([
    'signing secret 1 of endpoint default ends at 2026-11-28T12:00:00.000Z',
    'signing secret 1 of endpoint default ended at 2026-11-28T12:00:00.000Z and verifies nothing any more: remove it',
  ]);
  expect([watch.nextEnd(end - 1), watch.nextEnd(end)]).toEqual([end, Infinity]);
});
