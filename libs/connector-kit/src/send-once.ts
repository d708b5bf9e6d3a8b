import { readHttpDate, readRetryAfter } from '@tributary/domain';
import { neverSent, reasonOf } from './network-errors.js';

/** What one request over HTTP came to, as far as the caller can know. */
export type SendResult =
  | { readonly kind: 'answered'; readonly response: Response; readonly text: string }
  /** Certainly not sent. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** Sent, and no whole answer came: it may have been applied. */
  | { readonly kind: 'unanswered'; readonly why: string };

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Sends one request with a hard time limit and reads its answer whole. It follows no redirect and does not retry. */
export async function sendOnce(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<SendResult> {
  if (signal.aborted) return { kind: 'unsent', why: 'given up before it was sent' };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: limit });
    return { kind: 'answered', response, text: await response.text() };
  } catch (error) {
    return { kind: neverSent(error) ? 'unsent' : 'unanswered', why: reasonOf(error, limit) };
  }
}

/**
 * The `Retry-After` of an answer, ms, at most the limit of {@link readRetryAfter}; undefined when it has none that can be read. A date is
 * compared with the `Date` of the same answer, where there is one.
 */
export function retryAfterOf({ headers }: Pick<Response, 'headers'>): number | undefined {
  const answeredAt = readHttpDate(headers.get('date') ?? '');
  return readRetryAfter(headers.get('retry-after'), Number.isNaN(answeredAt) ? Date.now() : answeredAt);
}
