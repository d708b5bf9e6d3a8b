import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, trace } from '@opentelemetry/api';
import { createLogger } from './logger.js';
import { otlpExporter, startTracing } from './tracing.js';

/** What a collector was sent: path and body of every request. */
const received: { path: string; body: string }[] = [];
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    received.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString('latin1') });
    response.end('{}');
  });
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => {
  collector.closeAllConnections();
  collector.close();
});
beforeEach(() => void (received.length = 0));
afterEach(() => {
  trace.disable();
  context.disable();
  propagation.disable();
});

it.each(['', '/'])('sends spans of the service to the collector on shutdown (base URL ending in "%s")', async (end) => {
  const tracing = startTracing('recon', await otlpExporter(`${endpoint}${end}`));
  trace.getTracer('spec').startSpan('reading a page').end();
  await tracing.shutdown();
  expect(received.map(({ path }) => path)).toEqual(['/v1/traces']);
  expect(received[0]?.body).toContain('tributary-recon');
  expect(received[0]?.body).toContain('reading a page');
});

it('passes the trace on and names it in log lines, also without a collector', async () => {
  const tracing = startTracing('recon', undefined);
  const lines: string[] = [];
  const logger = createLogger('recon', 'info', { write: (line: string) => void lines.push(line) });
  const carrier: Record<string, string> = {};
  trace.getTracer('spec').startActiveSpan('a message', (span) => {
    propagation.inject(context.active(), carrier);
    logger.info('handled');
    span.end();
  });
  logger.info('outside');
  const traceId = /^00-([0-9a-f]{32})-[0-9a-f]{16}-0[01]$/.exec(carrier.traceparent ?? '')?.[1];
  expect(lines.map((line) => (JSON.parse(line) as { traceId?: string }).traceId)).toEqual([traceId, undefined]);
  expect(traceId).toBeDefined();
  await tracing.shutdown();
  expect(received).toEqual([]);
});
