import { Controller, Get, Param } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { runningLogLevel } from '../log-level.js';
import { createLogger } from '../logger.js';
import { logRequests } from './request-log.js';

class Customers {
  byId(id: string): { id: string } {
    return { id };
  }
}
Controller('customers')(Customers);
Param('id')(Customers.prototype, 'byId', 0);
Get(':id')(Customers.prototype, 'byId', Object.getOwnPropertyDescriptor(Customers.prototype, 'byId') as PropertyDescriptor);

afterEach(() => runningLogLevel.reset());

it('tells of each request by the pattern of its route, never by its address, and only at level debug', async () => {
  const lines: string[] = [];
  const logger = createLogger('recon', 'info', { write: (line: string) => void lines.push(line) });
  const module = await Test.createTestingModule({ controllers: [Customers] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  logRequests(app, logger);
  await app.init();
  const ask = (url: string): Promise<unknown> => app.inject({ method: 'GET', url });

  await ask('/customers/cus_1?email=ada@example.com');
  expect(lines).toEqual([]);
  runningLogLevel.set('debug', 60_000, 'http');
  await ask('/customers/cus_1?email=ada@example.com');
  await ask('/nothing/cus_1');
  await app.close();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ context: 'http', level: 'debug', method: 'GET', route: '/customers/:id', status: 200 }),
    expect.objectContaining({ method: 'GET', status: 404 }),
  ]);
  expect(lines.join('')).not.toMatch(/cus_1|ada@/);
});
