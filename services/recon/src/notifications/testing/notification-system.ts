import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OnApplicationBootstrap, Provider } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { BooksView } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { AuditChainWatch } from '../../audit/emit/audit-chain-watch.js';
import { ANCHOR_SETTINGS } from '../../audit/emit/audit-anchor.worker.js';
import { BooksFiguresWorker } from '../../books/emit/books-figures.worker.js';
import { BooksReader } from '../../books/emit/books.reader.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import { FiguresWorker } from '../../views/emit/figures.worker.js';
import { OverviewRepository } from '../../views/emit/overview.repository.js';
import { NotificationController } from '../accept/notification.controller.js';
import { NotificationDeeds } from '../emit/notification-deeds.js';
import { NotificationReadings } from '../emit/notification-readings.js';
import { NotificationSenderWorker } from '../emit/notification-sender.worker.js';
import { NOTIFICATION_SETTINGS, readNotificationSettings } from '../emit/notification-settings.js';
import type { NotificationSettings } from '../emit/notification-settings.js';
import { NotificationWatchWorker } from '../emit/notification-watch.worker.js';
import { NotificationReader } from '../emit/notification.reader.js';
import { NotificationStore } from '../emit/notification.store.js';

/** Writes a file of routes, and secrets beside it. @returns its path. */
export function routesFile(content: (secret: (name: string, text: string) => string) => object): string {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-routes-'));
  const path = join(folder, 'routes.json');
  writeFileSync(
    path,
    JSON.stringify(
      content((name, text) => {
        writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
        return join(folder, name);
      }),
    ),
  );
  return path;
}

/** One recon, as far as notifications need it: its API over HTTP, its figures, its workers. */
export class NotificationSystem {
  caller: Identity = localIdentity;
  /** What the ledgers say; undefined: they were not read. */
  books: BooksView | undefined;
  private app!: NestFastifyApplication;

  private constructor() {}

  /** @param change of what the file does not say: how fast things go. */
  static async start(
    database: DataSource,
    path: string | undefined,
    change: Partial<NotificationSettings> = {},
  ): Promise<NotificationSystem> {
    const system = new NotificationSystem();
    const read = readNotificationSettings(path);
    const module = await Test.createTestingModule({
      controllers: [NotificationController],
      providers: [
        { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(system.caller) } },
        { provide: DataSource, useValue: database },
        { provide: NOTIFICATION_SETTINGS, useValue: read && { ...read, ...change } },
        { provide: ANCHOR_SETTINGS, useValue: undefined },
        { provide: LEDGER_CONNECTORS, useValue: new Map([['kinetic-main', {}]]) },
        {
          provide: BooksReader,
          useValue: { books: () => (system.books ? Promise.resolve(system.books) : Promise.reject(new Error('away'))) },
        },
        ...providers,
      ],
    }).compile();
    system.app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    protectRoutes(system.app);
    // Rounds are made by hand: no loop runs beside them.
    for (const worker of [FiguresWorker, BooksFiguresWorker, NotificationWatchWorker, NotificationSenderWorker])
      module.get<OnApplicationBootstrap>(worker).onApplicationBootstrap = () => undefined;
    await system.app.init();
    return system;
  }

  /** Reads the figures, looks at every condition, and makes every attempt that is due. */
  async round(): Promise<void> {
    await this.app.get(FiguresWorker).round();
    if (this.books) await this.app.get(BooksFiguresWorker).round();
    await this.app.get(NotificationWatchWorker).round();
    await this.send();
  }

  /** Makes every attempt that is due. @returns how many. */
  async send(): Promise<number> {
    let made = 0;
    while (await this.app.get(NotificationSenderWorker).round()) made += 1;
    return made;
  }

  async ask<T>(
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
  ): Promise<{ status: number; body: T & { error?: string; message?: string } }> {
    const answer = await this.app.inject({ method, url, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.json() };
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

const providers: Provider[] = [
  ...[OverviewRepository, FiguresWorker, BooksFiguresWorker, AuditChainWatch],
  ...[NotificationReadings, NotificationStore, NotificationWatchWorker, NotificationSenderWorker, NotificationReader, NotificationDeeds],
];
