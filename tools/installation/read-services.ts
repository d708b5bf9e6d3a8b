import { certificateEnds } from '@tributary/platform';
import type { ServiceAnswer } from './judge.js';

const withinMs = 5_000;

/** Asks a service whether it is ready. Never throws. @param address where its health is served. @param caFile who signs certificates of services. */
export async function readService(name: string, address: string, caFile: string | undefined): Promise<ServiceAnswer> {
  const url = address.replace(/\/+$/, '');
  const certificate = await endOf(url, caFile);
  const silent = { ...{ name, url, status: undefined, missing: [], clockOffMs: undefined }, certificateEnds: certificate };
  if (typeof certificate === 'string') return { ...silent, problem: undefined };
  try {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(withinMs), redirect: 'manual' });
    const date = Date.parse(answer.headers.get('date') ?? '');
    const clockOffMs = Number.isNaN(date) ? undefined : date - Date.now();
    return { ...silent, status: answer.status, problem: undefined, missing: missingIn(await answer.text()), clockOffMs };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return { ...silent, problem: cause?.code ?? message };
  }
}

/** What `/ready` says is missing: `{ error: { kafka: { status, message } } }`. */
function missingIn(text: string): string[] {
  try {
    const { error = {} } = JSON.parse(text) as { error?: Readonly<Record<string, { readonly message?: unknown }>> };
    return Object.entries(error).map(([what, { message }]) => (typeof message === 'string' ? `${what}: ${message}` : what));
  } catch {
    return [];
  }
}

async function endOf(url: string, caFile: string | undefined): Promise<number | string | undefined> {
  if (!url.startsWith('https:')) return undefined;
  try {
    const ends = await certificateEnds(url, caFile === undefined ? {} : { caFile }, withinMs);
    return ends.find(({ whose }) => whose === 'server')?.validUntil;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ECONNREFUSED' || code === 'ENOTFOUND' ? undefined : (code ?? message);
  }
}
