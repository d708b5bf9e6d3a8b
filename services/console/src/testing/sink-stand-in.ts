import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as an erp-sink got it. */
export interface AskedOfSink {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** An erp-sink as the console calls it: it answers what it is told to by path, and remembers who asked. */
export class SinkStandIn {
  readonly asked: AskedOfSink[] = [];
  /** Answers by `<method> <path>`, without the query. */
  answers: Record<string, object> = {};
  /** Status of every answer. */
  status = 200;
  private server: Server | undefined;
  private port = 0;

  /** Begins to answer, at the same address each time. */
  async start(): Promise<string> {
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const { method = '', url = '', headers } = request;
        this.asked.push({ method, url, authorization: headers.authorization, body: body === '' ? undefined : JSON.parse(body) });
        const answer = this.answers[`${method} ${url.split('?')[0]}`];
        response.writeHead(answer ? this.status : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? { error: 'not-found', message: 'There is none.' }));
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server?.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
