import { quantile } from '../bench/statistics.js';
import type { MeasuredKind, ReconRequest } from './requests.js';
import type { ReconViews } from './recon-views.js';

/** Times of the requests of one kind. */
export interface Measured {
  readonly what: string;
  /** Milliseconds, in the order in which they were taken. */
  readonly samplesMs: readonly number[];
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Why nothing was measured: no answer, or one without what was asked for. */
  readonly problem?: string;
}

/** Requests before the first one that counts: they prepare connections and compiled code, not the rows that are asked for next. */
const unmeasured = 2;

/** Payments that have what is asked for, spread over all of them. */
export function samplesOf(payments: number, every: number, requests: number): number[] {
  const steps = Math.floor(payments / every);
  return Array.from(
    { length: requests + unmeasured },
    (_, index) => every * (1 + Math.floor((index * (steps - 1)) / (requests + unmeasured))),
  );
}

/** Asks one after the other, each for another payment, and takes the time until the answer was read. */
export async function measure(views: ReconViews, kind: MeasuredKind, payments: number, requests: number): Promise<Measured> {
  views.readAs(kind.caller);
  const samplesMs: number[] = [];
  let problem: string | undefined;
  for (const [index, n] of samplesOf(payments, kind.every, requests).entries()) {
    const { tookMs, wrong } = await ask(views.url, kind.request(n), kind.has);
    if (index >= unmeasured) samplesMs.push(Math.round(tookMs * 10) / 10);
    if (wrong === undefined) continue;
    problem = `${kind.request(n).path}: ${wrong}`;
    break;
  }
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const figures = { what: kind.what, samplesMs, p50Ms: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) };
  return problem === undefined ? figures : { ...figures, problem };
}

async function ask(url: string, { path, body }: ReconRequest, has: string): Promise<{ tookMs: number; wrong?: string }> {
  const started = performance.now();
  const posted = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${url}${path}`, posted ?? {});
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  const tookMs = performance.now() - started;
  if (!response.ok) return { tookMs, wrong: `HTTP ${response.status}: ${JSON.stringify(answer).slice(0, 300)}` };
  const rows = answer[has];
  const empty = Array.isArray(rows) ? rows.length === 0 : typeof rows === 'number' ? rows <= 0 : !rows;
  return empty ? { tookMs, wrong: `the answer has no ${has}` } : { tookMs };
}
