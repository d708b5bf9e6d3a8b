import { createHmac } from 'node:crypto';

/** A webhook endpoint. */
export interface Endpoint {
  readonly url: string;
  /** Signing secrets; every one signs. During a rotation there are two (docs/reference/stripe.md, section 2). */
  readonly secrets: readonly string[];
  /** API version of its events; only the emulated one is accepted. */
  readonly apiVersion?: string;
}

const answerWithinMs = 10_000;

/** Signs a body with the current time and sends it once; every attempt has its own signature (section 3). @returns the HTTP status, 0 for no answer. */
export async function sendDelivery(body: string, endpoint: Endpoint): Promise<number> {
  const time = Math.floor(Date.now() / 1_000);
  const signatures = endpoint.secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`);
  try {
    const response = await fetch(endpoint.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': [`t=${time}`, ...signatures].join(','),
      },
      body,
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
