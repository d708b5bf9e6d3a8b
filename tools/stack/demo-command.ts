import { understand } from '#commands/command-line.mjs';
import { askCounts, askWritten, countsLine } from './counts.js';
import type { Day } from './demo-day.js';
import { createDisplay } from './display.js';
import type { Display } from './display.js';
import { runningState } from './run-file.js';

/** A payout as the Stripe emulator sums it up; minor units. */
export interface PayoutLine {
  readonly id: string;
  readonly currency: string;
  readonly amount: number;
  readonly status: string;
  /** Movements that it took; null when it was made by hand. */
  readonly movements: number | null;
}

/** `GET /_control/scenarios` of the Stripe emulator. */
export interface Scenarios extends Day {
  readonly payments: number;
  readonly scenarios: readonly { readonly name: string; readonly summary: string; readonly days: number }[];
  readonly account: {
    readonly payouts: readonly PayoutLine[];
    readonly balance: readonly { readonly currency: string; readonly available: number; readonly pending: number }[];
  };
}

const exitCodes = { done: 0, failed: 1, notRunning: 3 } as const;
const pollMs = 300;
/** After the last event is delivered the pipeline needs a few seconds; more than this and it is still at work when the command ends. */
const restWithinMs = 60_000;

/** `npm run demo`: plays a scenario on the running stack and follows it, or lists the scenarios. @returns exit code. */
export async function demo(given: readonly string[], runFolder: string, display: Display = createDisplay(process.stdout)): Promise<number> {
  const { values } = understand(['demo', ...given]) as { values: Readonly<Record<string, readonly string[]>> };
  const state = runningState(runFolder);
  const before = state && (await ask(state.ports));
  if (!state || !before) {
    display.say(
      state ? 'The Stripe emulator does not answer: `npm run status` says more.' : 'The stack is not running. Start it with `npm start`.',
    );
    return exitCodes.notRunning;
  }
  const name = values.scenario?.at(-1);
  if (name === undefined) {
    for (const line of listed(before)) display.say(line);
    return exitCodes.done;
  }
  const seed = values.seed?.at(-1);
  const refusal = await begin(state.ports, { name, ...(seed === undefined ? {} : { seed: Number(seed) }) });
  if (refusal !== undefined) {
    display.say(refusal);
    return exitCodes.failed;
  }
  const after = await follow(state.ports, display);
  if (after.state !== 'done') {
    display.close();
    display.say(after.problem ?? 'The Stripe emulator does not answer any more: `npm run logs emulator-stripe`.');
    return exitCodes.failed;
  }
  const line = await atRest(state.ports, display);
  display.close();
  for (const text of [`${name} is over.`, ...summary(before, after), line]) display.say(text);
  return exitCodes.done;
}

/** The scenarios there are, a line each. */
export function listed({ scenarios }: Pick<Scenarios, 'scenarios'>): string[] {
  return scenarios.map(({ name, summary: sentence, days }) => `${name.padEnd(16)} ${days} days: ${sentence}`);
}

/** What a scenario has come to: the payouts that it made, and the balance of the whole account. */
export function summary(before: Scenarios, after: Scenarios): string[] {
  const known = new Set(before.account.payouts.map(({ id }) => id));
  const payouts = after.account.payouts.filter(({ id }) => !known.has(id));
  return [
    `${after.payments - before.payments} payments, ${payouts.length} payouts:`,
    ...payouts.map(
      ({ currency, amount, status, movements }) =>
        `  ${money(amount, currency).padStart(16)} ${status}${movements === null ? ', by hand' : `, ${movements} movements`}`,
    ),
    `Stripe balance: ${after.account.balance
      .map(({ currency, available, pending }) => `${money(available, currency)} available and ${money(pending, currency)} pending`)
      .join(', ')}`,
  ];
}

const url = (ports: Readonly<Record<string, number>>): string => `http://127.0.0.1:${ports['emulator-stripe']}/_control/scenarios`;

async function ask(ports: Readonly<Record<string, number>>): Promise<Scenarios | undefined> {
  try {
    const answer = await fetch(url(ports), { signal: AbortSignal.timeout(restWithinMs) });
    return answer.ok ? ((await answer.json()) as Scenarios) : undefined;
  } catch {
    return undefined;
  }
}

/** @returns why the emulator does not play it. */
async function begin(ports: Readonly<Record<string, number>>, options: object): Promise<string | undefined> {
  const answer = await fetch(url(ports), { method: 'POST', body: JSON.stringify(options) });
  const body = (await answer.json()) as { error?: { message: string } };
  return answer.ok ? undefined : (body.error?.message ?? `the Stripe emulator answered ${answer.status}`);
}

async function follow(
  ports: Readonly<Record<string, number>>,
  display: Display,
): Promise<Scenarios | { state: 'unknown'; problem?: string }> {
  for (;;) {
    const report = await ask(ports);
    if (!report) return { state: 'unknown' };
    if (report.state !== 'running') return report;
    const { playing } = report;
    display.status(
      playing
        ? `${playing.script}, step ${playing.step} of ${playing.steps}${playing.text === null ? '' : `: ${playing.text}`}`
        : 'delivering the last webhooks',
    );
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Waits until nothing is in flight. @returns the counts. */
async function atRest(ports: Readonly<Record<string, number>>, display: Display): Promise<string> {
  const deadline = Date.now() + restWithinMs;
  for (;;) {
    const counts = await askCounts(ports);
    if (!counts) return 'No counts: recon does not answer.';
    const line = countsLine(counts, await askWritten(ports));
    if (counts.inFlight === 0 || Date.now() > deadline) return line;
    display.status(line);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** USD 12.00 for 1200; the account keeps no currency without hundredths. */
function money(amount: number, currency: string): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  const grouped = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency.toUpperCase()} ${amount < 0 ? '-' : ''}${grouped}.${digits.slice(-2)}`;
}
