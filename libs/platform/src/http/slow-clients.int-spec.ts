import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardJsonBodies, httpAdapter } from './http-server.js';

@Controller('things')
class ThingsController {
  @Post()
  take(@Body() body: unknown): { got: unknown } {
    return { got: body };
  }
}
@Module({ controllers: [ThingsController] })
class ThingsModule {}

const limits = { headersTimeoutMs: 400, requestTimeoutMs: 900, maxConnections: 5 };
let app: NestFastifyApplication;
let port: number;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(ThingsModule, httpAdapter(limits), { logger: false });
  guardJsonBodies(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(await app.getUrl()).port);
});
afterAll(() => app.close());

/** A connection that sends these parts, one every 100 ms, and never ends by itself. */
function client(parts: readonly string[]): { socket: Socket; ended: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  const ended = new Promise<string>((resolve) => socket.on('close', () => resolve(answer)).on('error', () => undefined));
  const queue = [...parts];
  const timer = setInterval(() => {
    const part = queue.shift();
    if (part === undefined || socket.destroyed) clearInterval(timer);
    else socket.write(part);
  }, 100);
  return { socket, ended };
}

const head = 'POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const many = (part: string): string[] => Array.from({ length: 100 }, () => part);

it.each([
  ['sends nothing at all', []],
  ['sends one header after the other for ever', [head, ...many('X-A: b\r\n')]],
  ['sends half a header', ['POST /th']],
  ['sends its body byte by byte', [`${head}Content-Length: 1000\r\n\r\n`, ...many(' ')]],
  ['sends chunks for ever', [`${head}Transfer-Encoding: chunked\r\n\r\n`, ...many('1\r\n \r\n')]],
])('ends the connection of a client that %s', async (_, parts) => {
  expect(await client(parts).ended).toMatch(/^(?:HTTP\/1\.1 408 .*)?/s);
});

it('takes no more connections than it may, and serves the next one when one has ended', async () => {
  const open = Array.from({ length: 5 }, () => client([]));
  await Promise.all(open.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  expect(await client([`${head}Content-Length: 2\r\n\r\n{}`]).ended).toBe('');
  for (const { socket } of open) socket.destroy();
  await Promise.all(open.map(({ ended }) => ended));
  const answer = await fetch(`http://127.0.0.1:${port}/things`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":[1]}',
  });
  expect([answer.status, await answer.json()]).toEqual([201, { got: { a: [1] } }]);
});

it('answers 400 to a body that is nested without end, before it is parsed', async () => {
  const post = (body: string): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/things`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
      ({ status }) => status,
    );
  expect(await post(`${'['.repeat(64)}${']'.repeat(64)}`)).toBe(201);
  expect(await post(`${'['.repeat(65)}${']'.repeat(65)}`)).toBe(400);
  expect(await post('['.repeat(500_000))).toBe(400);
  expect(await post('{"__proto__":{"a":1}}')).toBe(400);
});

it('answers 400 to a key that stands twice in an object, and says where', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/things`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"by":"a","\\u0062y":"b"}',
  });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'body.repeated-key', message: 'The key at byte 10 stands twice in its object. Send each key once.' },
  ]);
});
