import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { HttpExchange } from '@tributary/connector-kit';
import type { ErpExchangeView } from '@tributary/contracts';
import { maskCardDigits, redactSecrets } from '@tributary/platform';
import { isSignIn, maskedBody, maskedPath } from '../../decide/masked-body.js';

/** Longest body that is kept, characters. A document with 500 lines has fewer. */
const longestBody = 64_000;
/** Most requests of one call that are kept; the first ones. */
const mostExchanges = 40;
/** Longest text of all bodies of one call. */
const longestCall = 512_000;
const largestOpened = 4_000_000;
const signsIn = '[signs in: not kept]';

/** What is kept of a call: its exchanges without secrets and card numbers, compressed. */
export async function packExchanges(exchanges: readonly HttpExchange[]): Promise<Buffer> {
  let left = longestCall;
  const kept = exchanges.slice(0, mostExchanges).map((exchange) => {
    const one = keptOf(exchange, Math.min(longestBody, left));
    left = Math.max(0, left - (one.request?.length ?? 0) - (one.answer?.length ?? 0));
    return one;
  });
  return promisify(gzip)(JSON.stringify(kept));
}

/** What was kept. @param texts whether texts in it may be read. @throws {Error} for bytes that {@link packExchanges} did not make. */
export async function unpackExchanges(bytes: Buffer, texts: boolean): Promise<ErpExchangeView[]> {
  const text = (await promisify(gunzip)(bytes, { maxOutputLength: largestOpened })).toString('utf8');
  return (JSON.parse(text) as ErpExchangeView[]).map((one) => ({
    ...one,
    path: maskedPath(one.path, texts),
    request: one.request === null ? null : maskedBody(one.request, texts),
    answer: one.answer === null ? null : maskedBody(one.answer, texts),
  }));
}

function keptOf({ method, url, request, status, answer, problem, ms }: HttpExchange, most: number): ErpExchangeView {
  const { pathname, search } = new URL(url);
  const hidden = isSignIn(pathname);
  const body = (text: string | undefined): string | null => {
    if (text === undefined) return null;
    return hidden ? signsIn : withoutSecrets(text).slice(0, most);
  };
  return {
    method,
    path: redactSecrets(maskCardDigits(maskedPath(`${pathname}${decoded(search)}`, true), false)),
    request: body(request),
    status: status ?? null,
    answer: body(answer),
    problem: problem === undefined ? null : redactSecrets(problem).slice(0, 500),
    ms,
    cut: !hidden && [request, answer].some((text) => (text?.length ?? 0) > most),
  };
}

const withoutSecrets = (text: string): string => redactSecrets(maskCardDigits(maskedBody(text, true), true));

function decoded(search: string): string {
  try {
    return decodeURIComponent(search);
  } catch {
    return search;
  }
}
