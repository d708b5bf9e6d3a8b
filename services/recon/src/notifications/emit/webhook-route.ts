import { createHmac } from 'node:crypto';
import { retryAfterOf, sendOnce } from '@tributary/connector-kit';
import { createEgressFetch, refusePlainHttp, secretSource } from '@tributary/platform';
import type { WebhookOfFile } from '../decide/notification-file.js';
import type { NotificationRoute, Sent } from './notification-route.js';

/** Longest time for an answer, ms. */
const answerWithinMs = 10_000;
/** What a receiver answers is not read beyond this. */
const mostAnswerBytes = 64 * 1_024;

/**
 * Sends messages by HTTP. It follows no redirect, and calls no private address unless the route says so; link-local ones never.
 * @throws {Error} naming a file that cannot be used, or an address that may not be called.
 */
export function webhookRoute({ name, severities, url, urlFile, secretFile, allowInternal, caFile }: WebhookOfFile): NotificationRoute {
  const secret = secretSource('secret', { file: secretFile });
  const address = new URL(url ?? secretSource('url', { file: urlFile })());
  refusePlainHttp(process.env, [address.href]);
  const fetch = createEgressFetch({
    allow: [address.href],
    allowInternal,
    timeoutMs: answerWithinMs,
    maxAnswerBytes: mostAnswerBytes,
    ...(caFile === undefined ? {} : { connection: { caFile } }),
  });
  return {
    ...{ name, kind: 'webhook', severities, to: address.origin },
    send: async (message, body): Promise<Sent> => {
      const sent = await sendOnce(
        (to, init) => fetch(to, init),
        address.href,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'tributary-notifications/1',
            'idempotency-key': message.id,
            'tributary-signature': signatureOf(secret(), body, Math.floor(Date.now() / 1_000)),
          },
          body,
        },
        { signal: AbortSignal.timeout(answerWithinMs), timeoutMs: answerWithinMs },
      );
      if (sent.kind !== 'answered') return { ok: false, problem: sent.why };
      const { status } = sent.response;
      if (status >= 200 && status < 300) return { ok: true };
      const redirected = status >= 300 && status < 400 ? ', a redirect, which is not followed' : '';
      return { ok: false, problem: `HTTP ${status}${redirected}`, retryAfterMs: retryAfterOf(sent.response) };
    },
  };
}

/**
 * What `tributary-signature` says: `t=<s since 1970>,v1=<HMAC-SHA256 of "<t>.<body>", hex>`, as webhooks of Stripe are signed.
 * @param at s since 1970, so that a receiver can refuse an old one.
 */
export function signatureOf(secret: string, body: string, at: number): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}
