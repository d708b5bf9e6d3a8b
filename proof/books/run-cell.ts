import type { ErpConnector } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { cellAssets } from './assets.js';
import type { CellAssets } from './assets.js';
import type { Golden } from './cell.js';
import type { ErpUnderTest, OwnFault } from './erp-under-test.js';
import { byRole, linesText } from './trial.js';
import type { Line, Trial } from './trial.js';
import type { RunnableTarget } from './targets.js';
import { FaultyFetch } from './faulty-fetch.js';
import type { CallFault } from './faulty-fetch.js';
import { InProcessSink } from './in-process-sink.js';
import type { RunPosting } from './run-posting.js';
import type { HeldFact, Pipeline } from './pipeline.js';
import { eventBody, FixtureAccount } from './stripe-fixtures.js';
import { decimalOf, moneyThousandths, thousandths } from './decimals.js';

/** What one run of a cell was found to be. */
export interface CellRun {
  /** One sentence for each thing that is not as the golden file says; empty when all is. */
  readonly problems: readonly string[];
  /** Calls that wrote, in order. */
  readonly writes: readonly string[];
  readonly trial: Trial;
}

/** Which call of a run goes wrong, and how. */
export interface SeededFault {
  readonly at: number;
  readonly fault: CallFault | OwnFault;
}

/** What runs share. */
export interface Bench {
  readonly pipeline: Pipeline;
  readonly target: RunnableTarget;
  /** Its emulator. */
  readonly erp: ErpUnderTest;
  /** How documents are written: one of the ways of its kind. */
  readonly way: string;
}

/** The day on which the fixtures happen: posting dates, and the clock of the run. */
const startAt = Date.parse('2026-09-02T12:00:00Z');

/** Runs a cell from its events to the ledger of the ERP and compares everything that its golden file says. */
export async function runCell(golden: Golden, bench: Bench, seeded?: SeededFault): Promise<CellRun> {
  const { target, kind } = bench.target;
  await bench.erp.reset(golden.given.erp);
  const assets = cellAssets(bench.target, golden.given.profile);
  const bodies = golden.given.events.map(eventBody);
  const account = new FixtureAccount(bodies, golden.given.stripe);
  const asked = bench.pipeline.requests(bodies, account, assets.bundle, startAt, golden.given.answers);
  const requests = asked.requests.filter((request) => request.target === target);
  const faulty = new FaultyFetch(bench.erp, kind.writingCall, seeded?.at, seeded?.fault);
  const connector = bench.erp.connector(faulty.fetch, bench.way, golden.given.connector);
  const sink = await InProcessSink.create(connector, startAt, () => faulty.takeKilled());
  await sink.run(requests);
  const { trialBalance, brokenRules } = await bench.erp.ledger();
  const trial = byRole(trialBalance, assets);
  const problems = [
    ...endsDiffer(golden, sink, asked.held),
    ...(await booksDiffer(golden, sink, connector, assets, target)),
    ...brokenRules,
    ...trialDiffers(golden, trial),
    ...neverHit(seeded, faulty),
  ];
  return { problems, writes: faulty.writes, trial };
}

function endsDiffer(golden: Golden, sink: InProcessSink, held: readonly HeldFact[]): string[] {
  const ends: Record<string, number> = {};
  const add = (name: string): void => void (ends[name] = (ends[name] ?? 0) + 1);
  for (const { result, code } of sink.postings.values())
    add(result === 'posted' || result === 'adopted' || result === 'updated' ? 'posted' : `${result}${code ? ` ${code}` : ''}`);
  for (const { code } of held) add(`asked ${code}`);
  const same = JSON.stringify(sorted(ends)) === JSON.stringify(sorted(golden.ends));
  if (same) return [];
  const texts = [...sink.postings].flatMap(([key, { result, text }]) => (text ? [`${key}: ${result}: ${text}`] : []));
  return [
    `it ends as ${JSON.stringify(sorted(ends))}, not as ${JSON.stringify(sorted(golden.ends))}`,
    ...texts,
    ...held.map(({ text }) => text),
  ];
}

function sorted(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Every document of the golden file is in the ledger with these lines, released, and no other document has lines. */
async function booksDiffer(
  golden: Golden,
  sink: InProcessSink,
  connector: ErpConnector,
  { roles }: CellAssets,
  target: string,
): Promise<string[]> {
  const problems: string[] = [];
  const withBooks = [...sink.postings].filter(([, { request, posting }]) => request.effect.length > 0 && posting.reference !== undefined);
  const found = new Set<string>();
  for (const [key, row] of withBooks) {
    const name = key.slice(target.length + 1);
    found.add(name);
    const expected = (golden.books[name] ?? []).map(({ role, debit, credit }): Line => [
      role,
      thousandths(debit ?? '0') - thousandths(credit ?? '0'),
    ]);
    const want = linesText(expected);
    const requested = linesText(row.request.effect.map((line) => [roleOf(line, roles), minor(line.debit) - minor(line.credit)]));
    if (requested !== linesText(withoutExchange(expected))) problems.push(`${name} asks for ${requested}, not for ${want}`);
    problems.push(...(await ledgerDiffers(name, key, row, connector, roles, want)));
  }
  for (const name of Object.keys(golden.books)) if (!found.has(name)) problems.push(`${name} is not in the ledger`);
  return problems;
}

async function ledgerDiffers(
  name: string,
  key: string,
  { request }: RunPosting,
  connector: ErpConnector,
  roles: ReadonlyMap<string, string>,
  want: string,
): Promise<string[]> {
  const state = await connector.read?.(key as PostingKey, request.kind, new AbortController().signal);
  if (!state) return [`${name} is not in the ERP`];
  if (!state.released) return [`${name} is saved and not released`];
  const entries = linesText(
    (state.effect ?? []).map(({ account, debit, credit }) => [
      roles.get(account) ?? account,
      thousandths(debit ?? '0') - thousandths(credit ?? '0'),
    ]),
  );
  return entries === want ? [] : [`${name} stands in the ledger as ${entries}, not as ${want}`];
}

/** What Stripe settled is asked for; what that gains or loses against the ERP's own rate is found by the ERP, and comes out of the receivable. */
function withoutExchange(lines: readonly Line[]): Line[] {
  return lines.map(([role, amount]) => [role === 'FX-GAIN' || role === 'FX-LOSS' ? 'AR' : role, amount]);
}

function roleOf({ role, account, debit, credit }: RunPosting['request']['effect'][number], roles: ReadonlyMap<string, string>): string {
  return (
    (account === null ? undefined : roles.get(account)) ??
    `${role}${role === 'CLR' || role === 'BANK' ? `-${(debit ?? credit)?.currency}` : ''}`
  );
}

function minor(money: { readonly minor: bigint; readonly currency: string } | null): bigint {
  return money ? moneyThousandths(money) : 0n;
}

/** What the golden file says of the trial balance of the whole ledger, and of the clearing accounts beside Stripe's balance. */
function trialDiffers(golden: Golden, trial: Trial): string[] {
  const got = linesText([...trial]);
  const want = linesText(Object.entries(golden.trial).map(([role, amount]) => [role, thousandths(amount)]));
  const clearing = Object.entries(golden.stripe).flatMap(([currency, balance]) => {
    const ledger = trial.get(`CLR-${currency}`) ?? 0n;
    return ledger === thousandths(balance) ? [] : [`clearing ${currency} is ${decimalOf(ledger)}, Stripe's balance is ${balance}`];
  });
  return [...(got === want ? [] : [`the trial balance is ${got}, not ${want}`]), ...clearing];
}

function neverHit(seeded: SeededFault | undefined, faulty: FaultyFetch): string[] {
  if (!seeded) return [];
  if (faulty.writes.length <= seeded.at) return [`call ${seeded.at} was never made, so its fault was not tried`];
  return typeof seeded.fault === 'object' && !faulty.acted ? [`the emulator did not do ${JSON.stringify(seeded.fault.action)}`] : [];
}
