import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmulatorProcess } from '@tributary/local-stack';
import { connectorFor } from '@tributary/target-registry';
import { startStack } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { emulatedErps } from './testing/emulated-erps.js';
import type { EmulatedErp } from './testing/emulated-erps.js';
import { Published, startPod } from './testing/harness.js';
import type { Pod } from './testing/harness.js';
import { aCustomer, asked } from './testing/makers.js';

/** Postings into each emulated ERP while its password is exchanged, there and in the file, in both orders. */

const customers = 12;
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
const file = join(folder, 'password');
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let stack: Stack;
let emulator: EmulatorProcess | undefined;
let pod: Pod | undefined;
let published: Published;
/** What every attempt that did not succeed means: its disposition, and the code of the answer. */
let failures: string[];

beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await pod?.database.query('truncate erp_sink.posting, erp_sink.outcome, erp_sink.batch');
  await pod?.close();
  await emulator?.stop();
  [pod, emulator] = [undefined, undefined];
});

const nameOf = (n: number): string => `Rotated ${n}`;
const keyOf = (n: number): string => `fake-main/customer/cus_rotated${n}`;

async function start({ kind, url, secret, variables }: EmulatedErp): Promise<void> {
  writeFileSync(file, 'demo-password\n');
  emulator = await EmulatorProcess.buildAndStart(kind);
  published = new Published();
  failures = [];
  const env = { ...variables, [url[0]]: `${emulator.origin}${url[1]}`, [`${secret}_FILE`]: file };
  pod = await startPod(stack.databaseUrl, connectorFor(kind, env), published);
}

/** Asks for customer n until it is posted, as the consumer does with a target that is paused. */
async function post({ kind, nameField, fields }: EmulatedErp, n: number): Promise<void> {
  const id = `cus_rotated${n}`;
  const marks: Record<string, string> = kind === 'epicor-kinetic' ? { StripePostingKey_c: keyOf(n) } : {};
  const value = aCustomer(id, {
    postingKey: keyOf(n),
    shape: `${kind}/customer`,
    fields: { [nameField]: nameOf(n), ...fields(id), ...marks },
  });
  for (;;) {
    try {
      return await published.publish((await pod?.poster.handle(asked(value), never)) ?? []);
    } catch (error) {
      const { message, disposition } = error as { message: string; disposition?: string };
      failures.push(`${disposition}: ${/erp\.\w+/.exec(message)?.[0] ?? message}`);
      if (disposition !== 'pause') throw error;
      await pause(20);
    }
  }
}

const atErp = async (password: string): Promise<void> => {
  const answer = await fetch(`${emulator?.origin}/_control/credentials`, { method: 'PUT', body: JSON.stringify({ password }) });
  expect(answer.status).toBe(204);
};
/** How often the ERP has a customer of each name. */
async function stored(): Promise<number[]> {
  const state = JSON.stringify(await (await fetch(`${emulator?.origin}/_control/state`)).json());
  const rows = [...state.matchAll(/"(?:Name|customer_name)":"(Rotated \d+) *"/g)].map(([, name]) => name);
  return Array.from({ length: customers }, (_, n) => rows.filter((name) => name === nameOf(n)).length);
}

it.each(emulatedErps)(
  '$kind: a password that is exchanged in the ERP and then in the file loses nothing and books nothing twice',
  async (erp) => {
    await start(erp);
    for (let n = 0; n < 4; n += 1) await post(erp, n);
    const rest = Array.from({ length: customers - 4 }, (_, n) => post(erp, n + 4));
    await atErp('exchanged-password');
    // Tokens of Prophet 21 outlive a password: the middleware forgets them when it restarts.
    if (erp.kind === 'prophet21') await fetch(`${emulator?.origin}/_control/expire-tokens`, { method: 'POST' });
    await pause(300);
    writeFileSync(file, ''); // an editor empties it first
    await pause(100);
    writeFileSync(file, 'exchanged-password\n');
    await Promise.all(rest);
    await post(erp, 0); // a delivery that comes twice

    expect(await stored()).toEqual(Array.from({ length: customers }, () => 1));
    for (let n = 0; n < customers; n += 1) expect(published.resultsOf(keyOf(n)).filter((result) => result === 'posted')).toHaveLength(1);
    // Every refusal paused the target, which uses up no attempt.
    expect(new Set(failures)).toEqual(new Set(['pause: erp.unauthorised']));
  },
  120_000,
);

it.each(emulatedErps)(
  '$kind: the next call uses a password that was exchanged in both places, and nothing is paused',
  async (erp) => {
    await start(erp);
    for (let n = 0; n < 4; n += 1) await post(erp, n);
    await atErp('exchanged-password');
    writeFileSync(file, 'exchanged-password\n');
    if (erp.kind === 'prophet21') await fetch(`${emulator?.origin}/_control/expire-tokens`, { method: 'POST' });
    for (let n = 4; n < customers; n += 1) await post(erp, n);
    expect(await stored()).toEqual(Array.from({ length: customers }, () => 1));
    expect(failures).toEqual([]);
  },
  120_000,
);

it.each([
  { ...emulatedErps[1]!, fault: { kind: 'licence' }, why: 'an expired licence' },
  { ...emulatedErps[1]!, fault: { kind: 'password-expired' }, why: 'an expired password' },
  { ...emulatedErps[2]!, fault: { kind: 'licence' }, why: 'an expired licence' },
  { ...emulatedErps[2]!, fault: { kind: 'token-expired' }, why: 'a token that has expired whenever it is used' },
  { ...emulatedErps[0]!, fault: { kind: 'status', status: 401 }, why: 'a login that is withdrawn' },
])(
  '$kind: $why pauses the target until it is over, and uses up no attempt',
  async ({ fault, ...erp }) => {
    await start(erp);
    const set = (rules: readonly object[]): Promise<Response> =>
      fetch(`${emulator?.origin}/_control/faults`, { method: 'PUT', body: JSON.stringify({ seed: 1, rules }) });
    const answer = await set([{ action: fault }]);
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
    const posting = post(erp, 0);
    for (const until = Date.now() + 20_000; failures.length < 3 && Date.now() < until;) await pause(20);
    expect(failures.length).toBeGreaterThanOrEqual(3);
    await set([]);
    await posting;
    expect((await stored())[0]).toBe(1);
    expect(new Set(failures)).toEqual(new Set(['pause: erp.unauthorised']));
  },
  120_000,
);
