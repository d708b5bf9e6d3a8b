import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { Effect, Input, Posting, PostingRequest } from './types.js';

/**
 * Checks in virtual time, with the default limits, that a posting whose outcome cannot be determined is held for an operator within 60 s.
 * The target never answers again, a worker dies at any moment, PostgreSQL is unavailable for a while, and the sweeper of another pod takes
 * over.
 */
const policy = defaultPostingPolicy;
const request: PostingRequest = { requestId: 'r1', protocol: 'create-once', version: 0n, digest: 'd1' };
/** Longest call of the Kinetic connector as shipped; leases are longer (see erp-sink.module.ts). */
const longestCallMs = 35_000;
const sweepMs = 2_000;

interface Disaster {
  /** Time after which the unanswered call is given up, ms. */
  readonly missedAt: number;
  /** Time after which an unanswered lookup ends by itself, ms. Its own limit may end it earlier. */
  readonly lookupMs: number;
  readonly diesAt?: number;
  readonly databaseAway?: { readonly from: number; readonly to: number };
}

/** @returns the time at which the posting is held, ms. */
function play({ missedAt, lookupMs, diesAt = Infinity, databaseAway = { from: 0, to: 0 } }: Disaster): number {
  let posting: Posting = newPosting;
  const away = (now: number): boolean => now > databaseAway.from && now < databaseAway.to;
  const write = (input: Input, now: number): readonly Effect[] => {
    const stepped = step(posting, input, now, policy);
    posting = stepped.posting;
    return stepped.effects;
  };
  /** Runs one worker until it dies, cannot write, or has nothing more to do. */
  const work = (first: readonly Effect[], from: number, until: number): void => {
    let [effects, now] = [first, from];
    for (;;) {
      const next = effects.find(({ kind }) => kind === 'lookup' || kind === 'post');
      if (!next) return;
      now += next.kind === 'lookup' ? next.afterMs + Math.min(lookupMs, next.withinMs ?? longestCallMs) : missedAt;
      if (now >= until || away(now)) return;
      const { fence } = posting;
      const text = 'no answer';
      effects = write(
        next.kind === 'lookup' ? { kind: 'lookup-failed', fence, text } : { kind: 'answered', fence, answer: { kind: 'unknown', text } },
        now,
      );
      if (posting.state === 'held') heldAt ??= now;
    }
  };
  let heldAt: number | undefined;
  work(write({ kind: 'requested', request, missing: [] }, 0), 0, diesAt);
  for (let now = 0; heldAt === undefined && now < 600_000; now += sweepMs) {
    if (away(now)) continue;
    work(write({ kind: 'resumed', missing: [] }, now), now, Infinity);
  }
  return heldAt ?? Infinity;
}

const moments = (to: number, by: number): number[] => Array.from({ length: Math.floor(to / by) + 1 }, (_, n) => n * by);
const calls = [1, 500, 10_000, 25_000, longestCallMs];
const lookups = [1, 1_900, 25_000, longestCallMs];

it('leases outlive the longest call and the settle delay', () => {
  expect(policy.leaseMs).toBeGreaterThanOrEqual(longestCallMs + policy.settleMs + 5_000);
});

it('holds within 60 s of the missed answer when the target stays silent', () => {
  const late = calls.flatMap((missedAt) => lookups.map((lookupMs) => play({ missedAt, lookupMs }) - missedAt));
  expect(Math.max(...late)).toBeLessThanOrEqual(60_000);
});

it('holds within 60 s when the worker dies at any moment and another pod takes over', () => {
  const late = calls.flatMap((missedAt) =>
    lookups.flatMap((lookupMs) => moments(50_000, 500).map((diesAt) => play({ missedAt, lookupMs, diesAt }) - Math.min(missedAt, diesAt))),
  );
  expect(Math.max(...late)).toBeLessThanOrEqual(60_000);
});

it('holds within 60 s when PostgreSQL is away for 10 s at any moment', () => {
  const late = calls.flatMap((missedAt) =>
    lookups.flatMap((lookupMs) =>
      moments(50_000, 500).map((from) => play({ missedAt, lookupMs, databaseAway: { from, to: from + 10_000 } }) - missedAt),
    ),
  );
  expect(Math.max(...late)).toBeLessThanOrEqual(60_000);
});

it('does not hold before the target had time to answer a look', () => {
  const early = calls.flatMap((missedAt) => lookups.map((lookupMs) => play({ missedAt, lookupMs }) - missedAt));
  expect(Math.min(...early)).toBeGreaterThanOrEqual(policy.lookupMs);
});
