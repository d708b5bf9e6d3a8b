import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { builtExports } from '../built.js';

const controllers = ['views/accept/view.controller.js', 'views/accept/search.controller.js', 'desk/accept/dead-letter.controller.js'];
const repositories = [
  'views/emit/view.repository.js',
  'views/emit/payment.repository.js',
  'views/emit/overview.repository.js',
  'views/emit/search.repository.js',
  'desk/emit/dead-letter.repository.js',
  'desk/emit/sequence-list.repository.js',
  'audit/emit/audit-trail.js',
];
/** recon's HTTP views, as they are built, on a database of its own. */
export interface ReconViews {
  readonly url: string;
  /** Who asks from now on. */
  readAs(caller: Identity): void;
  close(): Promise<void>;
}

/** Starts the views without consumers, workers and ledgers: what is measured are the requests alone. */
export async function startReconViews(database: DataSource): Promise<ReconViews> {
  const classesOf = async (files: readonly string[], name: RegExp): Promise<Type[]> =>
    Object.entries(await builtExports<Record<string, Type>>('recon/dist', files)).flatMap(([exported, one]) =>
      name.test(exported) ? [one] : [],
    );
  const served = await classesOf(controllers, /Controller$/);
  const used = await classesOf(repositories, /(Repository|AuditTrail)$/);
  // What the controllers have for requests that are not made here.
  const needed = served.flatMap((one) => (Reflect.getMetadata('design:paramtypes', one) ?? []) as Type[]);
  const unused = [...new Set(needed)].filter((one) => !used.includes(one)).map((provide) => ({ provide, useValue: {} }));
  let caller: Identity = localIdentity;
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: class ReconViewsModule {},
      controllers: served,
      providers: [
        { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
        { provide: DataSource, useValue: database },
        ...used,
        ...unused,
      ],
    },
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: ['error'] },
  );
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  return {
    url: await app.getUrl(),
    readAs: (next) => {
      caller = next;
    },
    close: () => app.close(),
  };
}
