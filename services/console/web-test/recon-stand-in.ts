import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'recorded');

/** One of recon's own answers of a played day. */
export function recorded(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, unknown>;
}

const order = {
  ...{ id: 'ord_1', action: 'replay', scope: 'cause', state: 'running', total: 4, pending: 1, given: 1, done: 1, failed: 1, stopped: 0 },
  ...{ results: { replayed: 1, 'dead-again': 1 }, reason: 'the period is open', by: 'Ada', subject: 'person:ada', ratePerSecond: 10 },
  ...{ orderedAt: '2026-11-21T07:33:00Z', endedAt: null, targets: ['kinetic-main'], waitsFor: [], contentHash: 'f'.repeat(64) },
};

/** The desk when nothing is on it, and one order. */
const emptyDesk: Readonly<Record<string, unknown>> = {
  '/dead-letters': { deadLetters: [], next: null },
  '/dead-letters/causes': { causes: [] },
  '/dead-letters/sequences': { sequences: [], next: null },
  '/dead-letters/totals': { count: 0, amounts: [], sequences: 0, parkedBehind: 0, oldestAt: null },
  '/dead-letter-orders': { orders: [order], next: null, previous: null, total: { count: 1, underWay: 1 } },
  '/dead-letter-orders/ord_1': order,
  '/dead-letter-orders/ord_1/letters': { letters: [], next: null },
};

/** recon as the page sees it: its own answers of a played day (`recorded/`), over HTTP. Our own interface (services/recon/README.md). */
export class ReconStandIn {
  /** Requests so far, oldest first. */
  readonly asked: string[] = [];
  counts = recorded('counts');
  overview: Record<string, unknown> | undefined = recorded('overview');
  payments = recorded('payments').payments as Record<string, unknown>[];
  trace = recorded('trace');
  today = recorded('today');
  stages = recorded('stages');
  /** As the profile says. */
  format: Record<string, unknown> = { locale: null, timeZone: null };
  /** Answers of searches, by what is searched for; `delayMs` later. */
  searches: Record<string, { readonly answer?: object; readonly status?: number; readonly delayMs?: number }> = {};
  /** What was searched for so far. */
  readonly searchedFor: string[] = [];
  /** Orders that were given to it. Each is answered by `records['POST <path>']`. */
  readonly posted: { readonly path: string; readonly body: unknown }[] = [];
  /** What it refuses once, by path. */
  readonly refusals = new Map<string, { readonly status: number; readonly body: object }>();
  /** Answers of the other lists, by path; or what makes one of the filters that were asked for. */
  records: Record<string, unknown> = {};
  /** What it answers to everything while it is not whole: its database is away. */
  broken: { readonly error: string; readonly message: string } | undefined;
  /** Files that lists are answered with, by path. */
  files: Record<string, string> = {};
  private readonly listeners = new Set<ServerResponse>();
  private server: Server | undefined;
  private port = 0;

  /** Live streams that are open now. */
  get openStreams(): number {
    return this.listeners.size;
  }

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      const path = request.url ?? '/';
      this.asked.push(path);
      if (path === '/feed') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        this.listeners.add(response);
        response.on('close', () => this.listeners.delete(response));
        return void response.write(this.snapshot());
      }
      if (this.broken) return void response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify(this.broken));
      const file = this.files[path.split('?', 1)[0] ?? ''];
      if (file !== undefined) return void response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end(file);
      if (path === '/search') return void this.search(request, response);
      if (request.method === 'POST') return void this.take(path, request, response);
      const [status, body] = this.answer(path);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** Back to the recorded day. */
  reset(): void {
    this.counts = recorded('counts');
    this.overview = recorded('overview');
    this.payments = recorded('payments').payments as Record<string, unknown>[];
    this.trace = recorded('trace');
    this.today = recorded('today');
    this.stages = recorded('stages');
    this.records = {};
    this.files = {};
    this.searches = {};
    this.searchedFor.length = 0;
    this.posted.length = 0;
    this.refusals.clear();
    this.format = { locale: null, timeZone: null };
    this.broken = undefined;
    this.asked.length = 0;
  }

  /** Sends the figures as they are now to every open page. */
  push(): void {
    for (const listener of this.listeners) listener.write(this.snapshot());
  }

  /** Writes to every open page what is no snapshot. */
  send(text: string): void {
    for (const listener of this.listeners) listener.write(text);
  }

  /** Says that recon looked and found no change. */
  comment(): void {
    this.send(': still here\n\n');
  }

  private async take(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.posted.push({ path, body: JSON.parse(await text(request)) as unknown });
    const refusal = this.refusals.get(path);
    this.refusals.delete(path);
    const { status, body } = refusal ?? { status: 200, body: this.records[`POST ${path}`] ?? {} };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private snapshot(): string {
    const { summary } = recorded('reconciliation');
    const { counts, stages, overview, payments } = this;
    return `event: snapshot\ndata: ${JSON.stringify({ counts, stages, reconciliation: summary, payments: payments.slice(0, 50), overview })}\n\n`;
  }

  private async search(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += String(part);
    const { q } = JSON.parse(text) as { q: string };
    this.searchedFor.push(q);
    const { answer = {}, status = 200, delayMs = 0 } = this.searches[q] ?? {};
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ q, as: 'id', found: [], more: false, hint: null, ...answer }));
  }

  private answer(path: string): [number, unknown] {
    const { pathname, searchParams } = new URL(path, 'http://recon');
    if (pathname === '/company-format') return [200, this.format];
    if (pathname === '/today') return [200, this.today];
    if (pathname === '/payments/totals') return [200, totalsOf(this.filtered(searchParams), 'amount')];
    if (pathname === '/dead-letters/totals' && !(pathname in this.records))
      return [200, totalsOf(this.rowsOf('/dead-letters', 'deadLetters'), 'money')];
    if (pathname === '/movements/totals') return [200, totalsOf(this.rowsOf('/movements', 'movements'), 'counted')];
    if (pathname === '/payments') return [200, { payments: this.filtered(searchParams), next: null }];
    const known = (this.trace.payment as { chargeId: string }).chargeId;
    if (pathname === `/payments/${known}`) return [200, this.trace];
    const payment = this.payments.find((row) => pathname === `/payments/${String(row?.chargeId)}`);
    if (payment) return [200, { payment, captures: [payment], steps: [] }];
    if (pathname in this.records) return [200, given(this.records[pathname], searchParams)];
    if (pathname in emptyDesk) return [200, emptyDesk[pathname]];
    return [404, { error: 'payment.unknown', message: 'No payment is known by that id.' }];
  }

  /** Rows of one of the other lists. */
  private rowsOf(path: string, name: string): readonly unknown[] {
    return ((this.records[path] as Record<string, unknown> | undefined)?.[name] ?? []) as unknown[];
  }

  private filtered(filters: URLSearchParams): Record<string, unknown>[] {
    return this.payments.filter(
      (payment) =>
        ['standing', 'state', 'reconciliation'].every(
          (name) => !filters.has(name) || filters.get(name)?.split(',').includes(String(payment?.[name])),
        ) &&
        (!filters.has('currency') || (payment?.amount as { currency?: string } | null)?.currency === filters.get('currency')),
    );
  }
}

/** An answer that is always the same, or is made of the filters. */
function given(answer: unknown, filters: URLSearchParams): unknown {
  return typeof answer === 'function' ? (answer as (filters: URLSearchParams) => unknown)(filters) : answer;
}

/** Count and amounts of a list, which are those of its rows here. */
function totalsOf(rows: readonly unknown[], field: string): object {
  const sums = new Map<string, { minor: bigint; decimals: number }>();
  for (const row of rows) {
    const {
      minor,
      currency = '',
      text = '',
    } = ((row as Record<string, unknown> | null)?.[field] ?? {}) as { minor?: string; currency?: string; text?: string };
    if (typeof minor !== 'string' || !/^\d+$/.test(minor)) continue;
    const decimals = text.split('.')[1]?.length ?? 0;
    sums.set(currency, { minor: (sums.get(currency)?.minor ?? 0n) + BigInt(minor), decimals });
  }
  const amounts = [...sums].map(([currency, { minor, decimals }]) => {
    const digits = String(minor).padStart(decimals + 1, '0');
    const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
    return { minor: String(minor), currency, text, exact: true };
  });
  return { count: rows.length, amounts };
}
