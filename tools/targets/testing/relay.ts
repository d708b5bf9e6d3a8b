import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What a relay answers itself; a text is sent as a page, anything else as JSON. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** What a test changes on the way to a ledger. */
export interface RelayChange {
  /** Answers itself what is not undefined. @param call method, path and query, decoded. */
  readonly answers?: ((call: string) => Answered | undefined) | undefined;
  /** How far the `Date` of every answer is ahead, ms. */
  readonly aheadMs?: number | undefined;
}

/** A server in front of a ledger, which passes calls on and changes what a test wants changed. */
export class Relay {
  change: RelayChange = {};
  private readonly servers: Server[] = [];

  /** @param ledger `http://127.0.0.1:<port>` of an emulator, or answers of a service that there is no emulator of. */
  constructor(private readonly ledger: string | ((request: IncomingMessage) => Answered)) {}

  /** Listens. @param tls certificate and key; without them by plain HTTP. @returns host and port. */
  async listen(host = '127.0.0.1', tls?: { readonly cert: string; readonly key: string }): Promise<string> {
    const handler: RequestListener = (request, response) => void this.pass(request, response);
    const server = tls ? createTlsServer(tls, handler) : createServer(handler);
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return `${host}:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, body } =
      this.change.answers?.(`${request.method} ${decodeURIComponent(request.url ?? '')}`) ??
      (await this.asked(request, Buffer.concat(chunks)));
    response.setHeader('date', new Date(Date.now() + (this.change.aheadMs ?? 0)).toUTCString());
    response.setHeader('content-type', typeof body === 'string' ? 'text/html' : 'application/json');
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  private async asked(request: IncomingMessage, sent: Buffer): Promise<Answered> {
    if (typeof this.ledger !== 'string') return this.ledger(request);
    const headers = Object.entries(request.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name));
    const answer = await fetch(`${this.ledger}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
      redirect: 'manual',
      ...(sent.length > 0 ? { body: new Uint8Array(sent) } : {}),
    });
    return { status: answer.status, body: await answer.text() };
  }
}
