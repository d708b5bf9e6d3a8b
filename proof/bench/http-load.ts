import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { quantile } from './statistics.js';

/**
 * A load generator as a process of its own: signed deliveries over kept-alive connections, one request at a time on each. Closed loop
 * (as fast as answers come) or open loop (at a rate; latency counts from when the request was due, so that a stall is not hidden).
 * Reads its orders from LOAD (JSON), prints one JSON line.
 */
export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly secret: string;
  /** A Stripe event. `@@` becomes another text in every request (in a closed loop: in every one of 8,192), `%%` one of 200. */
  readonly body: string;
  readonly connections: number;
  readonly warmupMs: number;
  readonly durationMs: number;
  /** Requests per second; absent: closed loop. */
  readonly rate?: number;
  /** Whether the report tells when each request was due; only at a rate. */
  readonly tellsDue?: boolean;
}

/** Result of a load on an HTTP endpoint. */
export interface LoadReport {
  readonly requests: number;
  readonly refused: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** What `@@` was, and when the request was due, ms since the epoch. */
  readonly due?: readonly (readonly [id: string, atMs: number])[];
}

let serial = 0;
const run = `${process.pid.toString(36)}${Date.now().toString(36)}`;

const people = 200;
let signed: readonly Buffer[] = [];

function nextId(): string {
  serial += 1;
  return `${run}${serial}`;
}

function request(order: LoadOrder, id = nextId()): Buffer {
  const body = order.body.replaceAll('@@', id).replaceAll('%%', String(serial % people));
  const time = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', order.secret).update(`${time}.${body}`).digest('hex');
  return Buffer.from(
    `POST ${order.path} HTTP/1.1\r\nHost: 127.0.0.1:${order.port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nStripe-Signature: t=${time},v1=${signature}\r\n\r\n${body}`,
  );
}

/** Requests that are made and signed before a closed loop begins, so that the generator takes as little of the machine as it can. */
const prepared = 8_192;

/** One connection with one request at a time. */
class Lane {
  private waiting: ((status: number) => void) | undefined;
  private received = '';

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk.toString('latin1')));
    socket.on('close', () => this.waiting?.(0));
  }

  static open(port: number): Promise<Lane> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Lane(socket)));
      socket.once('error', reject);
    });
  }

  send(bytes: Buffer): Promise<number> {
    return new Promise((resolve) => {
      if (this.socket.destroyed) return resolve(0);
      this.waiting = resolve;
      this.socket.write(bytes);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.received.slice(0, end);
    const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    const chunked = /transfer-encoding: *chunked/i.test(head);
    if (chunked ? !this.received.endsWith('0\r\n\r\n') : this.received.length < end + 4 + length) return;
    this.received = '';
    const done = this.waiting;
    this.waiting = undefined;
    done?.(Number(head.slice(9, 12)));
  }
}

async function closedLoop(
  order: LoadOrder,
  lanes: readonly Lane[],
  until: number,
  took: (ms: number, status: number) => void,
): Promise<void> {
  const requests = signed;
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      while (performance.now() < until) {
        const bytes = requests[next++ % prepared] as Buffer;
        const startedAt = performance.now();
        const status = await lane.send(bytes);
        took(performance.now() - startedAt, status);
      }
    }),
  );
}

async function openLoop(
  order: LoadOrder,
  lanes: readonly Lane[],
  until: number,
  took: (ms: number, status: number, id: string, dueAt: number) => void,
): Promise<void> {
  const everyMs = 1_000 / (order.rate as number);
  const free = [...lanes];
  const due: number[] = [];
  const open = new Set<Promise<void>>();
  let next = performance.now();
  const dispatch = (): void => {
    // In turn, so that no connection is idle for so long that the server closes it.
    for (let lane = free.shift(); lane !== undefined; lane = free.shift()) {
      const dueAt = due.shift();
      if (dueAt === undefined) return void free.unshift(lane);
      const mine = lane;
      const id = nextId();
      const answered = mine.send(request(order, id)).then((status) => {
        took(performance.now() - dueAt, status, id, dueAt);
        free.push(mine);
        open.delete(answered);
        dispatch();
      });
      open.add(answered);
    }
  };
  while (performance.now() < until) {
    for (; next <= performance.now(); next += everyMs) due.push(next);
    dispatch();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
  await Promise.all(open);
}

async function main(): Promise<void> {
  const order = JSON.parse(process.env.LOAD ?? '') as LoadOrder;
  const lanes = await Promise.all(Array.from({ length: order.connections }, () => Lane.open(order.port)));
  const loop = order.rate === undefined ? closedLoop : openLoop;
  if (order.rate === undefined) signed = Array.from({ length: prepared }, () => request(order));
  await loop(order, lanes, performance.now() + order.warmupMs, () => undefined);
  const times: number[] = [];
  let refused = 0;
  const startedAt = performance.now();
  const due: [string, number][] = [];
  await loop(order, lanes, startedAt + order.durationMs, (ms, status, id?: string, dueAt?: number) => {
    times.push(ms);
    if (order.tellsDue && id !== undefined && dueAt !== undefined) due.push([id, performance.timeOrigin + dueAt]);
    if (status !== 200) refused += 1;
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const lane of lanes) lane.close();
  times.sort((a, b) => a - b);
  const report: LoadReport = {
    requests: times.length,
    refused,
    perSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    p999Ms: quantile(times, 0.999),
    maxMs: times.at(-1) ?? NaN,
    ...(order.tellsDue ? { due } : {}),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

if (process.env.LOAD !== undefined) await main();
