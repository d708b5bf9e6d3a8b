import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to the next matching call. */
export type ServerFault = 'drop' | 'drop-502' | 'drop-silent' | 'silent' | 'down' | 'error' | 'busy' | 'stale' | 'slow' | 'refused-200';
type Json = Record<string, unknown>;
/** A stored document; `raw` is the body as it was sent, for amounts whose digits count. */
export interface Stored {
  readonly raw: string;
  readonly body: Json;
}

const collections = {
  customers: { key: 'ExternalReference', number: (n: number): Json => ({ CustomerNumber: String(n) }) },
  salesorders: { key: 'ExternalReference', number: (n: number): Json => ({ SalesOrder: { OrderNumber: `SO${n}` } }) },
  invoices: { key: 'ExternalReference', number: (n: number): Json => ({ Invoice: { InvoiceNumber: `IN${n}` } }) },
  creditmemos: { key: 'ExternalReference', number: (n: number): Json => ({ CreditMemoNumber: `CM${n}` }) },
  'gl/journalentries': { key: 'Reference', number: (n: number): Json => ({ JournalEntryNumber: `JE${n}` }) },
} as const;
/** The endpoints of the documented API. */
export type Collection = keyof typeof collections;

/** What the caller gave, and below it what the server adds. */
function merged(given: Json, added: Json): Json {
  const all = { ...given };
  for (const [name, value] of Object.entries(added)) {
    const own = all[name];
    all[name] = typeof value === 'object' && value !== null ? merged((own ?? {}) as Json, value as Json) : (own ?? value);
  }
  return all;
}

/** The documented API over real HTTP: docs/reference/documented-api.md sections 1 and 2; errors and queries assumed (section 3). */
export class DocumentedServer {
  private readonly stored = new Map<Collection, Stored[]>();
  private readonly pending: { readonly call: string; readonly fault: ServerFault }[] = [];
  private serial = 1000;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(private readonly token: string) {}

  static async start(token: string): Promise<DocumentedServer> {
    const started = new DocumentedServer(token);
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** @param call method and collection, for example `POST invoices`. */
  fault(call: string, fault: ServerFault): void {
    this.pending.push({ call, fault });
  }

  clearFaults(): void {
    this.pending.length = 0;
  }

  with(key: string): readonly (Stored & { readonly collection: Collection })[] {
    return [...this.stored].flatMap(([collection, all]) =>
      all.filter(({ body }) => body[collections[collection].key] === key).map((one) => ({ ...one, collection })),
    );
  }

  store(collection: Collection, raw: string): Json {
    const body = merged(JSON.parse(raw) as Json, collections[collection].number((this.serial += 1)));
    this.stored.set(collection, [...(this.stored.get(collection) ?? []), { raw, body }]);
    return body;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let raw = '';
    for await (const chunk of request) raw += String(chunk);
    const url = new URL(request.url ?? '', 'http://server');
    const reply = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const path = url.pathname.replace(/^\/api\/v2\//, '');
    const collection = (Object.keys(collections) as Collection[]).find((name) => path === name || path.startsWith(`${name}/`));
    const { authorization } = request.headers;
    if (authorization !== `Bearer ${this.token}`) return reply(401, { message: `${authorization} is not valid` });
    if (!collection) return reply(404, { message: `no such path ${url.pathname}` });
    const fault = this.take(request.method ?? '', collection);
    if (fault === 'silent' || (fault && refused(fault, reply))) return;
    const [status, body] = this.work(request.method ?? '', collection, path, url.searchParams, raw);
    if (fault === 'drop') request.socket.destroy();
    else if (fault === 'drop-502') response.writeHead(502).end('<html>bad gateway</html>');
    else if (fault !== 'drop-silent') setTimeout(() => reply(status, body), fault === 'slow' ? 600 : 0);
  }

  /** A stale row can only be changed, so that fault waits for the change. */
  private take(method: string, collection: Collection): ServerFault | undefined {
    const at = this.pending.findIndex(({ call, fault }) => (fault === 'stale' ? method === 'PUT' : call === `${method} ${collection}`));
    return at === -1 ? undefined : this.pending.splice(at, 1)[0]?.fault;
  }

  private work(method: string, collection: Collection, path: string, query: URLSearchParams, raw: string): [number, unknown] {
    const all = this.stored.get(collection) ?? [];
    if (method === 'GET') return [200, { items: page(all, collections[collection].key, query) }];
    const given = JSON.parse(raw) as Json;
    if (given.CustomerName === '') return [422, { code: 'NAME_MISSING', field: 'CustomerName', message: 'a name is needed' }];
    if (method === 'POST') return [201, this.store(collection, raw)];
    const at = all.findIndex(({ body }) => body.CustomerNumber === path.slice(collection.length + 1));
    const found = all[at];
    if (!found) return [404, { message: `no customer ${path}` }];
    const { ExternalReference: _kept, ...change } = given;
    all[at] = { raw, body: { ...found.body, ...change } };
    return [200, all[at].body];
  }
}

/** Faults that store nothing. @returns whether it was answered. */
function refused(fault: ServerFault, reply: (status: number, body: unknown) => void): boolean {
  const status = ({ down: 503, error: 500, busy: 429, stale: 409 } as Partial<Record<ServerFault, number>>)[fault];
  if (status) reply(status, { message: `answered ${status} on purpose` });
  else if (fault === 'refused-200') reply(200, { success: false, code: 'PERIOD_CLOSED', message: 'the period is closed' });
  else return false;
  return true;
}

function page(all: readonly Stored[], name: string, query: URLSearchParams): Json[] {
  const key = query.get('externalReference');
  const [number, size] = [Number(query.get('page') ?? 1), Number(query.get('pageSize') ?? 100)];
  const rows = all.map(({ body }) => body).filter((body) => key === null || body[name] === key);
  return rows.slice((number - 1) * size, number * size);
}
