import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ReconStandIn } from '../recon-stand-in.js';

/** What the page ordered, and its body. */
export interface Posted {
  readonly path: string;
  readonly body: unknown;
}

/** Where the console reports what its people do, whenever it has the time: no order of the page. */
const reports = '/audit';

type Answer = readonly [status: number, body: unknown];

/** recon as the page of a letter sees it: answers about letters as it is told, and everything else as on the recorded day. */
export class LetterStandIn {
  /** Answers by `GET /dead-letters/dl_1/case`; a function sees the body. */
  readonly answers = new Map<string, Answer | ((body: unknown) => Answer)>();
  readonly posted: Posted[] = [];
  readonly read: string[] = [];
  private readonly day = new ReconStandIn();
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    const url = new URL(await this.day.start());
    this.elsewhere = url;
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.day.stop();
  }

  private elsewhere = new URL('http://127.0.0.1');

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const known = this.answers.get(`${method} ${url}`);
    if (method === 'GET' && known === undefined) return this.passOn(request, response);
    const body: unknown = method === 'GET' ? undefined : JSON.parse(await text(request));
    if (method === 'GET') this.read.push(url);
    else if (url !== reports) this.posted.push({ path: url, body });
    const missing: Answer = [404, { error: 'stand-in.unknown', message: `nothing is known of ${method} ${url}` }];
    const [status, said] = (typeof known === 'function' ? known(body) : known) ?? missing;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  }

  private passOn(request: IncomingMessage, response: ServerResponse): void {
    const { hostname, port } = this.elsewhere;
    const forwarded = ask({ hostname, port, path: request.url, method: 'GET' }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    response.on('close', () => forwarded.destroy());
    forwarded.end();
  }
}
