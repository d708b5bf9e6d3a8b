import { certificateEnds, clockOff, serviceFetchOf } from '@tributary/platform';
import type { ClockHere } from '@tributary/platform';
import type { ServiceAnswer } from './judge-services.js';

const withinMs = 5_000;
/** `tributary_build_info{service="recon",version="0.1.0",commit="..."} 1` */
const buildLine = /^tributary_build_info\{(.+)\} \d+$/m;

/** Certificates that services are called with, and the clock here. */
export interface ServiceAccess {
  /** SERVICE_CA_FILE, SERVICE_CLIENT_CERT_FILE and SERVICE_CLIENT_KEY_FILE. */
  readonly env: NodeJS.ProcessEnv;
  readonly here: ClockHere;
}

/** Asks a service whether it is ready, and of which release it is. Shows it no token: health needs none. Never throws. @param address where its health is served. */
export async function readService(name: string, address: string, { env, here }: ServiceAccess): Promise<ServiceAnswer> {
  const url = address.replace(/\/+$/, '');
  const { SERVICE_CA_FILE, SERVICE_CLIENT_CERT_FILE, SERVICE_CLIENT_KEY_FILE } = env;
  const certificate = await endOf(url, SERVICE_CA_FILE);
  const silent = {
    ...{ name, url, status: undefined, missing: [], clockOffMs: undefined, release: undefined },
    certificateEnds: certificate,
  };
  if (typeof certificate === 'string') return { ...silent, problem: undefined };
  try {
    const send = serviceFetchOf({ SERVICE_CA_FILE, SERVICE_CLIENT_CERT_FILE, SERVICE_CLIENT_KEY_FILE }, url, withinMs);
    const answer = await send(`${url}/ready`, { signal: AbortSignal.timeout(withinMs) });
    const clockOffMs = clockOff(answer.headers.get('date'), here);
    const missing = missingIn(await answer.text());
    return { ...silent, status: answer.status, problem: undefined, missing, clockOffMs, release: await releaseOf(url, send) };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return { ...silent, problem: cause?.code ?? message };
  }
}

/** Version and commit that run there; undefined where metrics are not shown. */
async function releaseOf(url: string, send: typeof fetch): Promise<string | undefined> {
  try {
    const answer = await send(`${url}/metrics`, { signal: AbortSignal.timeout(withinMs) });
    const labels = buildLine.exec(await answer.text())?.[1] ?? '';
    const version = /\bversion="([^"]+)"/.exec(labels)?.[1];
    const commit = /\bcommit="([0-9a-f]{8})/.exec(labels)?.[1];
    return version === undefined ? undefined : [version, commit].filter(Boolean).join(' ');
  } catch {
    return undefined;
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
