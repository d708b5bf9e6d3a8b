import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { events, headers } from '@tributary/contracts';
import type { OrderView, PostingRequested } from '@tributary/contracts';
import { orderLimitsFrom } from '@tributary/identity';
import type { Grant, Identity } from '@tributary/identity';
import { InMemorySchemaIds, PUBLISHER, WireCodec } from '@tributary/messaging';
import type { Outgoing, Publisher, RawRecord } from '@tributary/messaging';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { AuditController } from '../audit/accept/audit.controller.js';
import { AuditTrail } from '../audit/emit/audit-trail.js';
import { DeskFileController } from '../desk/accept/desk-file.controller.js';
import { DeadLetterController } from '../desk/accept/dead-letter.controller.js';
import { LetterFileController } from '../desk/accept/letter-file.controller.js';
import { LetterCaseController } from '../desk/accept/letter-case.controller.js';
import { OrderController } from '../desk/accept/order.controller.js';
import { ApprovalRepository } from '../desk/emit/approval.repository.js';
import { ASSETS_DIR } from '../desk/emit/asset-reader.js';
import { DeadLetterInspector } from '../desk/emit/dead-letter.inspector.js';
import { DeadLetterRecorder } from '../desk/emit/dead-letter.recorder.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { LetterTotals } from '../desk/emit/letter-totals.js';
import { OrderSteeringRepository } from '../desk/emit/order-steering.repository.js';
import { OrderedLetterRepository } from '../desk/emit/ordered-letter.repository.js';
import { SequenceListRepository } from '../desk/emit/sequence-list.repository.js';
import { EventTranslator } from '../desk/emit/event-translator.js';
import { LetterCaseReader } from '../desk/emit/letter-case.reader.js';
import { LetterTalk } from '../desk/emit/letter-talk.js';
import { PayloadReads } from '../desk/emit/payload-reads.js';
import { LedgerLookup } from '../desk/emit/ledger-lookup.js';
import { OrderChecks } from '../desk/emit/order-checks.js';
import { IS_WITHDRAWN } from '../desk/emit/order-rights.js';
import { APPROVAL_RULES, OrderRepository } from '../desk/emit/order.repository.js';
import { OrderListRepository } from '../desk/emit/order-list.repository.js';
import { PayloadReader, SCHEMA_IDS } from '../desk/emit/payload.reader.js';
import { REDELIVERY_DELAY_MS, ReplayDispatcher } from '../desk/emit/replay.dispatcher.js';
import { LEDGER_CONNECTORS } from '../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../reconciliation/emit/ledger-connectors.js';
import { aLetter } from './letters.js';
import { target } from './requests.js';

/** The people of the tests. Each may have several tokens. */
export const people = {
  ada: person('ada', [{ role: 'accountant', target: '*' }]),
  adaAsApprover: { ...person('ada', [{ role: 'approver', target: '*' }]), tokenId: 'second' },
  eve: person('eve', [{ role: 'engineer', target: target }]),
  bob: person('bob', [{ role: 'approver', target }]),
  far: person('far', [
    { role: 'approver', target: 'sl-main' },
    { role: 'accountant', target: 'sl-main' },
  ]),
} satisfies Readonly<Record<string, Identity>>;

function person(name: string, grants: Grant[]): Identity {
  return { subject: `person:${name}`, name, grants, tokenId: `token-${name}`, issuedAt: 1_000 };
}

/** What recon says to a request. */
export interface Said<T> {
  readonly status: number;
  readonly body: T & { readonly error?: string; readonly message?: string };
}

/** The dead-letter desk over HTTP, with people who sign in, a database, and a broker that writes down what it gets. */
export class TwoPersons implements Publisher {
  readonly given: RawRecord[] = [];
  withdrawn: (identity: Identity) => boolean = () => false;
  private readonly ids = new InMemorySchemaIds();
  private app!: NestFastifyApplication;
  private origin = '';
  private offset = 0n;

  private constructor(private readonly database: DataSource) {}

  /** @param limits as RECON_ORDER_LIMITS has them. */
  static async start(database: DataSource, ledgers: LedgerConnectors, limits: string, expiresMs: number): Promise<TwoPersons> {
    const desk = new TwoPersons(database);
    const authenticator = { authenticate: (request: { headers: IncomingHttpHeaders }) => Promise.resolve(whoIs(request.headers)) };
    @Module({
      controllers: [DeadLetterController, LetterFileController, DeskFileController, LetterCaseController, OrderController, AuditController],
      providers: [
        { provide: AUTHENTICATOR, useValue: authenticator },
        { provide: DataSource, useValue: database },
        { provide: PUBLISHER, useValue: desk },
        { provide: SCHEMA_IDS, useValue: desk.ids },
        { provide: LEDGER_CONNECTORS, useValue: ledgers },
        { provide: ASSETS_DIR, useValue: undefined },
        { provide: REDELIVERY_DELAY_MS, useValue: 60_000 },
        { provide: EventTranslator, useValue: new EventTranslator(undefined) },
        { provide: APPROVAL_RULES, useValue: { limits: orderLimitsFrom(limits), expiresMs } },
        { provide: IS_WITHDRAWN, useValue: (identity: Identity) => desk.withdrawn(identity) },
        ...[PayloadReader, DeadLetterRecorder, DeadLetterRepository, SequenceListRepository, DeadLetterInspector, AuditTrail],
        ...[PayloadReads, LetterTalk, LetterCaseReader],
        ...[LetterTotals, OrderSteeringRepository, OrderedLetterRepository],
        ...[OrderChecks, LedgerLookup, OrderRepository, OrderListRepository, ApprovalRepository, ReplayDispatcher],
      ],
    })
    class DeskModule {}
    desk.app = await NestFactory.create<NestFastifyApplication>(DeskModule, new FastifyAdapter(), { logger: false });
    protectRoutes(desk.app);
    await desk.app.listen(0, '127.0.0.1');
    desk.origin = `http://127.0.0.1:${(desk.app.getHttpServer().address() as AddressInfo).port}`;
    return desk;
  }

  publish(_messages: readonly Outgoing[]): Promise<void> {
    return Promise.resolve();
  }

  publishRaw(records: readonly RawRecord[]): Promise<void> {
    this.given.push(...records);
    return Promise.resolve();
  }

  /** Dead-letters a posting request. @returns the id of its dead letter. */
  async bury(request: PostingRequested): Promise<string> {
    const topic = `postings.${request.target}.v1`;
    const group = `tributary-sink-${request.target}`;
    const offset = (this.offset += 1n);
    const value = (await new WireCodec(this.ids).encode(topic, events.postingRequested, request)) ?? Buffer.alloc(0);
    await this.app.get(DeadLetterRecorder).recordLetter(
      aLetter({
        ...{ topic: `${topic}.${group}.dlq`, offset, source: { group, topic, partition: 0, offset } },
        ...{ eventId: request.sourceEventId, messageId: `req-${offset}`, sequence: request.sequence, code: 'kinetic.period-closed' },
        ...{ eventType: events.postingRequested.type, value, money: request.amount ?? undefined },
      }),
    );
    const [row] = await this.database.query<{ id: string }[]>(`select id from recon.dead_letter where source_offset = $1`, [
      offset.toString(),
    ]);
    return row?.id ?? '';
  }

  /** One request as somebody. */
  async as<T = OrderView>(who: keyof typeof people, method: 'GET' | 'POST', path: string, body?: object): Promise<Said<T>> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: { 'x-test-person': who, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Said<T>['body'] };
  }

  /** The body of an answer as it is. */
  async text(who: keyof typeof people, path: string): Promise<string> {
    return (await fetch(`${this.origin}${path}`, { headers: { 'x-test-person': who } })).text();
  }

  /** Records letters of other groups than {@link bury} does. */
  recorder(): DeadLetterRecorder {
    return this.app.get(DeadLetterRecorder);
  }

  /** The group that owns a dispatched record reports what came of it. */
  async answer(record: RawRecord | undefined, result = 'replayed'): Promise<void> {
    const header = (name: string): string => String(record?.headers[name]);
    await this.app.get(DeadLetterRecorder).recordClosure({
      orderId: header(headers.order),
      consumerGroup: header(headers.consumerGroup),
      topic: header(headers.originalTopic),
      partition: 0,
      offset: Number(header(headers.originalOffset)),
      eventId: `req-${header(headers.originalOffset)}`,
      sourceEventId: null,
      sequence: 'pi',
      result,
      text: null,
      closedAt: Date.now(),
    });
  }

  /** What was dispatched of an order. */
  givenOf(orderId: string): RawRecord[] {
    return this.given.filter(({ headers: { [headers.order]: item } }) => String(item).startsWith(`${orderId}:`));
  }

  /** Lets the worker do what is due, of whatever order: those of earlier tests come first. */
  async work(mostRounds = 60): Promise<void> {
    const dispatcher = this.app.get(ReplayDispatcher);
    for (let n = 0; n < mostRounds && (await dispatcher.round()) !== undefined; n += 1);
  }

  async stop(): Promise<void> {
    await this.app?.close();
  }
}

function whoIs(sent: IncomingHttpHeaders): Identity {
  const name = String(sent['x-test-person']);
  if (!Object.hasOwn(people, name)) throw new Error(`nobody is called ${name}`);
  return people[name as keyof typeof people];
}
