import { TokenBucket } from './token-bucket.js';

function bucketAt(time: { ms: number }): TokenBucket {
  return new TokenBucket({ ratePerSecond: 20, burst: 2, maxWaitMs: 100 }, () => time.ms);
}

it('gives a burst at once, then spreads, then refuses whoever would wait too long', () => {
  const bucket = bucketAt({ ms: 0 });
  // 20 a second are 50 ms apart.
  expect([bucket.take(), bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 50, 100, undefined]);
});

it('refills with time, up to the burst', () => {
  const time = { ms: 0 };
  const bucket = bucketAt(time);
  for (let n = 0; n < 4; n += 1) bucket.take();
  time.ms = 150;
  expect(bucket.take()).toBe(0);
  time.ms = 60_000;
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 50]);
});
