import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'recorded');
const recorded = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, unknown>;

/** recon as the page sees it: its own answers of a played day (`recorded/`), over HTTP. Our own interface (services/recon/README.md). */
export class ReconStandIn {
  readonly asked: string[] = [];
  counts = recorded('counts');
  private readonly listeners = new Set<ServerResponse>();
  private server: Server | undefined;
  private port = 0;

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

  /** Sends the figures as they are now to every open page. */
  push(): void {
    for (const listener of this.listeners) listener.write(this.snapshot());
  }

  private snapshot(): string {
    const { payments } = recorded('payments');
    const { summary } = recorded('reconciliation');
    return `event: snapshot\ndata: ${JSON.stringify({ counts: this.counts, stages: recorded('stages'), reconciliation: summary, payments })}\n\n`;
  }

  private answer(path: string): [number, unknown] {
    if (path.startsWith('/payments?')) return [200, { payments: [], next: null }];
    const trace = recorded('trace') as { payment: { chargeId: string } };
    if (path === `/payments/${trace.payment.chargeId}`) return [200, trace];
    return [404, { error: 'payment.unknown', message: 'No payment is known by that id.' }];
  }
}
