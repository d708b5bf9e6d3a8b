import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ErpSilentError } from '@tributary/connector-kit';
import type { ErpConnector, ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { runService } from '@tributary/platform';
import type { ServiceOptions } from '@tributary/platform';
import { workspaceRoot } from '@tributary/local-stack';

/**
 * erp-sink as it is shipped, with everything but the ERP: behind its port is a table in this process that answers after a while. So the
 * figures are the sink's own limit and not an emulator's. BENCH_ERP_MS: how long a posting takes. BENCH_FAILING: share of sequences whose
 * first documents conflict for a while (per mille). BENCH_REMEMBERED: documents that the table keeps. BENCH_CONTROL_PORT: GET says what is there, POST /silent and /well change it.
 */
const erpMs = Number(process.env.BENCH_ERP_MS ?? 50);
const failingPerMille = Number(process.env.BENCH_FAILING ?? 0);
const remembered = Number(process.env.BENCH_REMEMBERED ?? Infinity);

const documents = new Map<string, { count: number; at: number }>();
let made = 0;
let twice = 0;
let silent = false;
let callsOpen = 0;
let mostOpen = 0;

function isFailing(key: string): boolean {
  let hash = 0;
  for (const char of key) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  return hash % 1_000 < failingPerMille;
}

function reference(kind: string): Readonly<Record<string, string>> {
  return kind === 'customer' ? { CustNum: '1' } : { HeadNum: String(made) };
}

/** Hangs until the caller gives up. */
async function given(up: AbortSignal): Promise<void> {
  if (!up.aborted) await new Promise((resolve) => up.addEventListener('abort', resolve, { once: true }));
}

/** As long as the target is silent, so is every call of it. */
async function answered(signal: AbortSignal): Promise<void> {
  if (!silent) return;
  await given(signal);
  throw new ErpSilentError('asking the ERP: no answer', {});
}

async function post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
  callsOpen += 1;
  mostOpen = Math.max(mostOpen, callsOpen);
  try {
    if (silent) {
      await given(signal);
      return { kind: 'unknown', text: 'no answer' };
    }
    await new Promise((resolve) => setTimeout(resolve, erpMs));
    if (isFailing(document.postingKey)) return { kind: 'conflict', text: 'somebody has the record open' };
    const known = documents.get(document.postingKey);
    if (!known) made += 1;
    else if (known.count === 1) twice += 1;
    documents.set(document.postingKey, { count: (known?.count ?? 0) + 1, at: Date.now() });
    for (const oldest of documents.keys()) {
      if (documents.size <= remembered) break;
      documents.delete(oldest);
    }
    return { kind: 'posted', reference: reference(document.kind) };
  } finally {
    callsOpen -= 1;
  }
}

const connector: ErpConnector = {
  name: 'bench',
  capabilities: new Set(['customer', 'cash-receipt']),
  longestCallMs: 5_000,
  post,
  find: async (key, kind, signal) => {
    await answered(signal);
    return documents.has(key) ? { reference: reference(kind), complete: true, missing: [] } : undefined;
  },
  read: async () => undefined,
  probe: answered,
};

createServer((request, response) => {
  if (request.url === '/silent') silent = true;
  if (request.url === '/well') silent = false;
  const times = request.url === '/times' ? { times: [...documents].map(([key, { at }]) => [key, at]) } : {};
  response.end(JSON.stringify({ documents: made, twice, mostOpen, ...times }));
}).listen(Number(process.env.BENCH_CONTROL_PORT), '127.0.0.1');

const dist = (file: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(workspaceRoot, 'services/erp-sink/dist', file)).href) as Promise<Record<string, unknown>>;
const { loadErpSinkConfig } = (await dist('erp-sink.config.js')) as { loadErpSinkConfig(env: NodeJS.ProcessEnv): unknown };
const { erpSinkService } = (await dist('erp-sink.service.js')) as {
  erpSinkService(sinks: readonly { config: unknown; connector: ErpConnector }[]): ServiceOptions;
};
await runService(() => erpSinkService([{ config: loadErpSinkConfig(process.env), connector }]));
