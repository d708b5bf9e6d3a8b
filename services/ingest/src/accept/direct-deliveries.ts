import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Deliveries } from './deliveries.js';
import { tooMuchReceived } from './receiving.js';
import type { BytesReceived } from './receiving.js';
import type { Refusals } from './refusals.js';

/** What deliveries are taken and answered with. */
export interface DirectOptions {
  readonly deliveries: Deliveries;
  readonly refusals: Refusals;
  readonly received: BytesReceived;
  readonly bodyLimitBytes: number;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether every request is to be seen by the framework, which writes a line of the log for it. */
  isEachRequestLogged(): boolean;
}

const route = '/webhooks/stripe/';
/** What Stripe writes; of any other type the framework says whether it is one. */
const types: ReadonlySet<string | undefined> = new Set(['application/json; charset=utf-8', 'application/json']);
const json = 'application/json; charset=utf-8';
const [accepted, dropped] = [JSON.stringify({ received: true }), JSON.stringify({ received: false })];

/**
 * Answers deliveries as Stripe sends them before the framework sees them: a third of what a delivery costs beside Kafka was its pipeline, which does
 * nothing for this route (docs/adr/0099). Whatever is not exactly such a request goes the way of all others: another method or path, an unknown
 * endpoint, no signature, no length or one beyond the limit, another content type, and everything while the server closes.
 */
export function answerDirectly(app: NestFastifyApplication, options: DirectOptions): void {
  const instance = app.getHttpAdapter().getInstance();
  const { server } = instance;
  let isClosing = false;
  instance.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  const framework = server.listeners('request') as RequestListener[];
  const direct = new DirectDeliveries(options);
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const length = isClosing ? undefined : direct.lengthOf(request);
    if (length !== undefined) direct.receive(request, response, length);
    else for (const listener of framework) listener.call(server, request, response);
  });
}

class DirectDeliveries {
  private readonly answers: { readonly accepted: string[]; readonly dropped: string[] };

  constructor(private readonly options: DirectOptions) {
    const head = Object.entries({ ...options.headers, 'content-type': json }).flat();
    this.answers = {
      accepted: [...head, 'content-length', String(accepted.length)],
      dropped: [...head, 'content-length', String(dropped.length)],
    };
  }

  /** Bytes of the body of a request that is answered here; undefined for any other. */
  lengthOf({ method, url = '', headers, httpVersion }: IncomingMessage): number | undefined {
    if (method !== 'POST' || !url.startsWith(route) || httpVersion !== '1.1') return undefined;
    if (!headers['stripe-signature'] || !types.has(headers['content-type'])) return undefined;
    if (headers['transfer-encoding'] !== undefined || !this.options.deliveries.isEndpoint(endpointOf(url))) return undefined;
    const length = Number(headers['content-length']);
    return length >= 1 && length <= this.options.bodyLimitBytes && !this.options.isEachRequestLogged() ? length : undefined;
  }

  /** Reads the body, and takes it as a delivery. */
  receive(request: IncomingMessage, response: ServerResponse, length: number): void {
    const { received } = this.options;
    let body: Buffer | undefined;
    let bytes = 0;
    let isOver = false;
    const release = (): void => {
      received.release(bytes);
      bytes = 0;
    };
    const refuse = (error: unknown): void => {
      if (isOver) return;
      isOver = true;
      this.refuse(error, request, response);
    };
    request.on('data', (chunk: Buffer) => {
      if (isOver) return;
      // Node copies what it reads from the socket for each chunk, so one that is the whole body is not copied again.
      if (chunk.length === length) body = chunk;
      else chunk.copy((body ??= Buffer.allocUnsafeSlow(length)), bytes);
      bytes += chunk.length;
      if (!received.add(chunk.length)) refuse(tooMuchReceived());
    });
    request.on('end', () => {
      release();
      if (isOver || !body) return;
      isOver = true;
      this.take(body, request, response);
    });
    request.on('error', (error) => refuse(Object.assign(error, { statusCode: 400 })));
    request.on('close', release);
  }

  private take(body: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const signature = request.headers['stripe-signature'] as string;
    this.options.deliveries.take({ endpoint: endpointOf(request.url as string), signature, body }).then(
      ({ received }) => {
        response.writeHead(200, received ? this.answers.accepted : this.answers.dropped);
        response.end(received ? accepted : dropped, 'latin1');
      },
      (error: unknown) => this.refuse(error, request, response),
    );
  }

  private refuse(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    const { status, headers, body } = this.options.refusals.answer(error, endpointOf(request.url as string), request.complete);
    const text = JSON.stringify(body);
    response.writeHead(status, {
      ...{ ...this.options.headers, ...headers, 'content-type': json },
      'content-length': String(Buffer.byteLength(text)),
    });
    response.end(text);
  }
}

function endpointOf(url: string): string {
  return url.slice(route.length);
}
