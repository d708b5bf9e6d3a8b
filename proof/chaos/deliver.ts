import { createHmac } from 'node:crypto';
import type { Load } from './load.js';

/** Pause after the first attempt of a delivery; it grows with each attempt so that an unavailable ingest is not flooded, ms. */
const betweenAttemptsMs = 400;
const maxPauseMs = 2_000;
const answerWithinMs = 6_000;

/** Answers of ingest to the deliveries of one round. */
export interface Answers {
  /** Deliveries answered 200, by event id. */
  readonly answered: Record<string, number>;
  /** Deliveries answered 4xx, by event id. */
  readonly refused: Record<string, string>;
  /** Attempts without a 200: no answer, 503, connection refused. */
  failures: number;
}

/** Delivers as Stripe does: each delivery at its time, repeated until it is answered 200. A 4xx ends a delivery. */
export async function deliverAll(load: Load, url: string, secret: string, giveUp: AbortSignal): Promise<Answers> {
  const answers: Answers = { answered: {}, refused: {}, failures: 0 };
  const bodies = new Map(load.events.map(({ eventId, body }) => [eventId, Buffer.from(body)]));
  const begin = Date.now();
  await Promise.all(
    load.deliveries.map(async ({ eventId, atMs }) => {
      await wait(begin + atMs - Date.now());
      for (let attempt = 1; !giveUp.aborted; attempt += 1) {
        const status = await deliver(url, bodies.get(eventId) as Buffer, secret);
        if (status === 200) {
          answers.answered[eventId] = (answers.answered[eventId] ?? 0) + 1;
          return;
        }
        if (status >= 400 && status < 500) {
          answers.refused[eventId] = `ingest answered ${status}`;
          return;
        }
        answers.failures += 1;
        await wait(Math.min(attempt * betweenAttemptsMs, maxPauseMs));
      }
    }),
  );
  return answers;
}

/** @returns the HTTP status, 0 for no answer. */
async function deliver(url: string, body: Buffer, secret: string): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': `t=${timestamp},v1=${signature}` },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
