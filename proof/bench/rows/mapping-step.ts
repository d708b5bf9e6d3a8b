import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AssetBundle } from '@tributary/mapping';
import { cacheDir } from '@tributary/local-stack';

/** Version of jsonata that is measured. */
export const jsonataVersion = '2.2.2';

/** Five fields of the shipped cash receipt. */
const fields = ['CheckRef', 'DocTranAmt', 'CurrencyCode', 'TranDate', 'PayMethodReference'];

/** The same five. jsonata knows no time zones, so it is given the offset of the day of the payment, and a number for the amount. */
const inJsonata = `{
  "CheckRef": $substring(chargeId, 0, 100),
  "DocTranAmt": $formatNumber(amount.minor / 100, "0.00"),
  "CurrencyCode": amount.currency,
  "TranDate": $fromMillis(receivedAt, "[Y0001]-[M01]-[D01]", "-0400"),
  "PayMethodReference": $substring((method.brand ? method.brand : method.type) & " " & method.last4, 0, 50)
}`;

const firstPaymentAt = Date.UTC(2026, 6, 1, 12);

/** The n-th payment: another one every time, a second later than the one before. */
const payment = (n: number) => ({
  chargeId: `ch_${n}`,
  paymentId: `pi_${n}`,
  amount: { minor: 123_45 + n, currency: 'USD' },
  receivedAt: firstPaymentAt + n * 1_000,
  method: { type: 'card', brand: 'visa', last4: '4242' },
  description: null,
  metadata: {},
});

/** One side of the comparison: makes the five fields of the n-th payment. */
export type MappingStep = (n: number) => unknown;

/** The compiled fields of the shipped mapping, given what the flow gives them. */
export function ourStep(assets: AssetBundle): MappingStep {
  const step = assets.flows
    .get('ar.payment-received')
    ?.flatMap(({ steps }) => steps)
    .find(({ kind }) => kind === 'cash-receipt');
  const compiled = step?.form?.fields.filter(([name]) => fields.includes(name)) ?? [];
  if (compiled.length !== fields.length) throw new Error(`the shipped receipt has ${compiled.length} of the fields ${fields.join(', ')}`);
  return (n) => {
    const { amount, receivedAt, ...rest } = payment(n);
    const { chargeId, paymentId, description, ...document } = rest;
    const source = { id: chargeId, chargeId, paymentId, description, orderReference: null };
    const money = { ...amount, minor: BigInt(amount.minor) };
    const context = { document: { ...document, source, amount: money, date: BigInt(receivedAt) } };
    return Object.fromEntries(compiled.map(([name, evaluate]) => [name, evaluate(context)]));
  };
}

/** The peer, from npm (MIT licence) into the cache. @throws with npm's own words when it cannot be had. */
export function jsonataStep(say: (line: string) => void): MappingStep {
  const folder = join(cacheDir, 'peers', 'jsonata');
  if (!existsSync(join(folder, 'node_modules', 'jsonata'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { jsonata: jsonataVersion } }));
    say(`installing jsonata ${jsonataVersion}, once`);
    const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' });
    if (installed.status !== 0) throw new Error(`jsonata is not measured: ${installed.stderr.trim().split('\n').at(-1)}`);
  }
  const compile = createRequire(join(folder, 'package.json'))('jsonata') as (text: string) => {
    evaluate(value: unknown): Promise<unknown>;
  };
  const expression = compile(inJsonata);
  return (n) => expression.evaluate(payment(n));
}

/** @throws when the two do not make the same. */
export async function assertSame(ours: MappingStep, theirs: MappingStep): Promise<void> {
  const sorted = (made: unknown): string => JSON.stringify(Object.entries(made as object).sort());
  for (const n of [0, 7, 80_000]) {
    const [a, b] = [sorted(await ours(n)), sorted(await theirs(n))];
    if (a !== b) throw new Error(`the mapping steps differ, so their speeds cannot be compared: ${a} and ${b}`);
  }
}
