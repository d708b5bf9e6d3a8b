import { step } from './step.js';
import { defaultPostingPolicy as policy, newPosting } from './types.js';
import type { Effect, Posting } from './types.js';

const now = 1_000_000;

/** The posting after the target throttled it, and the retry delay that its message gets. */
function throttled(retryAfterMs: number, requestId = 'r1', missing: string[] = []): { posting: Posting; toldMs: number } {
  const request = { requestId, protocol: 'create-once', version: 0n, digest: 'd' } as const;
  const arrived = step(newPosting, { kind: 'requested', request, missing }, now, policy).posting;
  const { posting: claimed } = missing.length === 0 ? { posting: arrived } : step(arrived, { kind: 'resumed', missing: [] }, now, policy);
  const answer = { kind: 'throttled', retryAfterMs, text: 'HTTP 429' } as const;
  const { posting, effects } = step(claimed, { kind: 'answered', fence: claimed.fence, answer }, now, policy);
  const fail = effects.find((effect): effect is Extract<Effect, { kind: 'fail' }> => effect.kind === 'fail');
  expect(fail).toMatchObject({ disposition: 'retry', code: 'erp.throttled' });
  return { posting, toldMs: fail?.retryAfterMs ?? 0 };
}

it('tells how long the target said to wait, a little longer so that not all come back at once', () => {
  const told = Array.from({ length: 40 }, (_, index) => throttled(4_000, `request-${index}`).toldMs);
  for (const ms of told) {
    expect(ms).toBeGreaterThanOrEqual(4_000);
    expect(ms).toBeLessThan(5_000);
  }
  expect(new Set(told).size).toBeGreaterThan(20);
});

it('waits no longer than ten minutes (and a quarter), whatever the target says', () => {
  const { posting, toldMs } = throttled(86_400_000, 'r1', ['t/x/1']);
  expect(toldMs).toBeGreaterThanOrEqual(600_000);
  expect(toldMs).toBeLessThan(750_000);
  expect(posting.notBefore).toBe(now + toldMs);
});

it('leaves a stored posting alone for the usual time at least', () => {
  const { posting } = throttled(50, 'r1', ['t/x/1']);
  expect(posting).toMatchObject({ state: 'waiting', attempts: 0, notBefore: now + policy.resumeDelayMs });
});
