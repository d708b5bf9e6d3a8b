import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type {
  AmountView,
  DayFigureView,
  DayMoneyView,
  FigureView,
  LettersPage,
  MovementsPage,
  PaymentsPage,
  SumView,
  TodayView,
} from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import { answerCheck } from '@tributary/local-stack';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { MovementController } from '../books/accept/movement.controller.js';
import { BooksReader } from '../books/emit/books.reader.js';
import { MovementListRepository } from '../books/emit/movement-list.repository.js';
import { ASSETS_DIR } from '../desk/emit/asset-reader.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { SequenceListRepository } from '../desk/emit/sequence-list.repository.js';
import { DeadLetterController } from '../desk/accept/dead-letter.controller.js';
import { DeadLetterInspector } from '../desk/emit/dead-letter.inspector.js';
import { PayloadReads } from '../desk/emit/payload-reads.js';
import { LEDGER_CONNECTORS } from '../reconciliation/emit/ledger-connectors.js';
import { RecordListController } from '../views/accept/record-list.controller.js';
import { ViewController } from '../views/accept/view.controller.js';
import { OverviewRepository } from '../views/emit/overview.repository.js';
import { PaymentRepository } from '../views/emit/payment.repository.js';
import { RecordListRepository } from '../views/emit/record-list.repository.js';
import { ViewRepository } from '../views/emit/view.repository.js';
import { TodayController } from './accept/today.controller.js';
import { TodayReader } from './emit/today.reader.js';
import { TodayRepository } from './emit/today.repository.js';

let database: DataSource;
let app: NestFastifyApplication;
let origin: string;
const noBooks = { recentBooks: () => Promise.resolve(undefined) } as unknown as BooksReader;
afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  @Module({
    controllers: [TodayController, MovementController, ViewController, RecordListController, DeadLetterController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(localIdentity) } },
      { provide: DataSource, useValue: database },
      { provide: BooksReader, useValue: noBooks },
      { provide: LEDGER_CONNECTORS, useValue: new Map() },
      { provide: ASSETS_DIR, useValue: undefined },
      { provide: DeadLetterInspector, useValue: {} },
      { provide: PayloadReads, useValue: {} },
      ...[TodayReader, TodayRepository, MovementListRepository, DeadLetterRepository, SequenceListRepository],
      ...[ViewRepository, PaymentRepository, OverviewRepository, RecordListRepository],
    ],
  })
  class HttpModule {}
  app = await NestFactory.create(HttpModule, new FastifyAdapter({ forceCloseConnections: true }), { logger: false });
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  origin = await app.getUrl();
}, 120_000);

const misfits = answerCheck('recon');
async function get<T>(path: string): Promise<T> {
  const response = await fetch(`${origin}${path}`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  expect(misfits({ path, status: 200, body: JSON.parse(text) })).toEqual([]);
  return JSON.parse(text) as T;
}

type AnyPage = Partial<PaymentsPage & MovementsPage & LettersPage & { postings: object[] }>;

/** Reads a list to its end, by small pages. */
async function rowsOf(list: string): Promise<{ readonly amount: AmountView | null }[]> {
  const rows: { readonly amount: AmountView | null }[] = [];
  for (let next: string | null = ''; next !== null;) {
    const path: string = `${list}${list.includes('?') ? '&' : '?'}limit=3${next ? `&after=${encodeURIComponent(next)}` : ''}`;
    const page: AnyPage = await get<AnyPage>(path);
    rows.push(
      ...(page.payments ?? []),
      ...(page.movements ?? []).map(({ counted }) => ({ amount: counted })),
      ...(page.deadLetters ?? []).map(({ money }) => ({ amount: money })),
      ...(page.postings ?? []).map(() => ({ amount: null })),
    );
    next = page.next ?? null;
  }
  return rows;
}
function sumOf(rows: readonly { readonly amount: AmountView | null }[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { amount } of rows) if (amount) sums[amount.currency] = (sums[amount.currency] ?? 0n) + BigInt(amount.minor);
  return sums;
}
const amountsOf = ({ amounts }: SumView): Record<string, bigint> =>
  Object.fromEntries(amounts.map(({ currency, minor }) => [currency, BigInt(minor)]));

const noon = Date.parse('2026-11-21T12:00:00Z');
const currency = fc.constantFrom('USD', 'EUR', 'ISK', '???');
const at = fc.integer({ min: -72, max: 72 }).map((hours) => new Date(noon + hours * 1_800_000)); // three days around the one that is asked for
const capture = fc.record({
  currency: fc.option(currency, { freq: 6 }),
  minor: fc.option(fc.bigInt({ min: 0n, max: 10n ** 12n }), { freq: 6 }),
  standing: fc.constantFrom('inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe'),
  at,
});
const movement = fc.record({
  category: fc.constantFrom(
    'charge',
    'refund',
    'refund_failure',
    'dispute',
    'dispute_reversal',
    'payout',
    'payout_reversal',
    'fee',
    'tax',
    '',
  ),
  currency,
  gross: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  fee: fc.constantFrom(0n, 0n, 320n, -15n),
  at,
});
const letter = fc.record({
  code: fc.constantFrom('erp.period-closed', 'mapping.no-rule'),
  topic: fc.constantFrom('postings.kinetic-main.v1', 'stripe.events.v1'),
  state: fc.constantFrom('open', 'ordered', 'closed'),
  held: fc.boolean(),
  minor: fc.option(fc.bigInt({ min: 0n, max: 10n ** 9n })),
  at,
});

interface Stored {
  readonly captures: readonly {
    readonly currency: string | null;
    readonly minor: bigint | null;
    readonly standing: string;
    readonly at: Date;
  }[];
  readonly movements: readonly {
    readonly category: string;
    readonly currency: string;
    readonly gross: bigint;
    readonly fee: bigint;
    readonly at: Date;
  }[];
  readonly letters: readonly {
    readonly code: string;
    readonly topic: string;
    readonly state: string;
    readonly held: boolean;
    readonly minor: bigint | null;
    readonly at: Date;
  }[];
}

async function store({ captures, movements, letters }: Stored): Promise<void> {
  await database.query('truncate recon.capture, recon.event, recon.movement, recon.dead_letter');
  for (const [n, one] of captures.entries())
    await database.query(
      `insert into recon.capture (id, charge_id, part, known, event_id, minor, currency, received_at, state, standing)
       values ($1, $1, '', true, $1, $2, $3, $4, 'posted', $5)`,
      // An amount is known with its currency, or not at all.
      [`ch_${n}`, one.minor?.toString() ?? null, one.minor === null ? null : one.currency, one.at, one.standing],
    );
  for (const [n, one] of movements.entries())
    await database.query(
      `insert into recon.movement (id, type, category, currency, gross, fee, net, fees, created) values ($1, 'x', $2, $3, $4, $5, $6, '[]', $7)`,
      [`txn_${n}`, one.category, one.currency, `${one.gross}`, `${one.fee}`, `${one.gross - one.fee}`, one.at.getTime() / 1_000],
    );
  for (const [n, one] of letters.entries())
    await database.query(
      `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, dead_at, id, consumer_group, source_topic,
         source_partition, source_offset, minor, currency, state, held)
       values ('dead', 0, $1, 'e', 'm', $2, $3, $4, 'g', $5, 0, $1, $6, 'USD', $7, $8)`,
      [n, one.code, one.at, `dl_${n}`, one.topic, one.minor?.toString() ?? null, one.state, one.held],
    );
}

it('every figure of Today is the length and the sum of the list that is named beside it', async () => {
  const rows = { captures: fc.array(capture, { maxLength: 25 }), movements: fc.array(movement, { maxLength: 15 }) };
  await fc.assert(
    fc.asyncProperty(fc.record({ ...rows, letters: fc.array(letter, { maxLength: 10 }) }), async (stored) => {
      await store(stored);
      const today = await get<TodayView>('/today?day=2026-11-21');
      for (const { currency: own, ...figures } of today.money)
        for (const [name, { count, amount, list }] of Object.entries(figures) as [keyof DayMoneyView, DayFigureView][]) {
          const listed = await rowsOf(list);
          expect([name, list, count, BigInt(amount.minor)]).toEqual([name, list, listed.length, sumOf(listed)[own] ?? 0n]);
        }
      const sums: FigureView[] = [...today.toDo, today.needsPerson, ...today.targets.map(({ letters }) => letters)];
      for (const figure of sums) {
        const listed = await rowsOf(figure.list);
        expect([figure.list, figure.count, amountsOf(figure)]).toEqual([figure.list, listed.length, sumOf(listed)]);
      }
      const open = stored.letters.filter(({ state }) => state !== 'closed');
      expect(today.toDo.filter(({ what }) => what === 'deadLetters').reduce((sum, { count }) => sum + count, 0)).toBe(open.length);
      if (open.length > 0 || stored.captures.some(({ standing }) => standing === 'needsPerson')) expect(today.allClear).toBe(false);
    }),
    { numRuns: 25 },
  );
}, 120_000);

it('has all of the day, and nothing of the days beside it, and its parts add up', async () => {
  const one = (iso: string, minor: bigint, standing: 'inLedger' | 'onItsWay' | 'needsPerson' | 'notBooked' | 'failedAtStripe') => ({
    ...{ currency: 'USD', minor, standing, at: new Date(iso) },
  });
  const moved = (category: string, gross: bigint, fee: bigint) => ({ category, currency: 'USD', gross, fee, at: new Date(noon) });
  await store({
    captures: [
      one('2026-11-20T23:59:59.999Z', 1n, 'inLedger'),
      one('2026-11-21T00:00:00Z', 10_000n, 'inLedger'),
      one('2026-11-21T08:00:00Z', 2_000n, 'onItsWay'),
      one('2026-11-21T09:00:00Z', 300n, 'needsPerson'),
      one('2026-11-21T10:00:00Z', 40n, 'notBooked'),
      one('2026-11-21T23:59:59.999Z', 5n, 'failedAtStripe'),
      one('2026-11-22T00:00:00Z', 1n, 'inLedger'),
    ],
    movements: [
      moved('charge', 10_000n, 320n),
      moved('refund', -2_500n, 0n),
      moved('refund_failure', 500n, 0n),
      moved('dispute', -1_000n, 1_500n),
      moved('dispute_reversal', 400n, 0n),
      moved('fee', -75n, 0n),
      moved('payout', -5_000n, 0n),
      moved('payout_reversal', 1_000n, 0n),
    ],
    letters: [],
  });
  const { day, money, allClear, needsPerson } = await get<TodayView>('/today?day=2026-11-21');
  expect(day).toEqual({ date: '2026-11-21', timeZone: 'UTC', from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' });
  const [usd] = money;
  const texts = Object.fromEntries(
    Object.entries(usd ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : value.amount.text]),
  );
  expect(texts).toEqual({
    ...{ currency: 'USD', received: '123.45', captured: '123.40', failed: '0.05', inLedger: '100.00', open: '23.00', onItsWay: '20.00' },
    ...{ needsPerson: '3.00', notBooked: '0.40', refunded: '20.00', fees: '18.95', disputes: '6.00', paidOut: '40.00' },
  });
  expect([allClear, needsPerson.oldestAt]).toEqual([false, '2026-11-21T09:00:00.000Z']);
});

it('begins and ends a day in the zone of the company, also where a clock is set back', async () => {
  const repository = new TodayRepository(database);
  expect(await repository.day('America/New_York', '2026-11-01')).toEqual({
    ...{ date: '2026-11-01', from: '2026-11-01T04:00:00.000Z', to: '2026-11-02T05:00:00.000Z' },
  });
});

it('is green when nothing is open', async () => {
  await store({ captures: [], movements: [], letters: [] });
  expect(await get<TodayView>('/today')).toMatchObject({ allClear: true, toDo: [], money: [], needsPerson: { count: 0, oldestAt: null } });
});

it.each(['day=tomorrow', 'day=2026-02-30'])('refuses %s', async (query) => {
  expect((await fetch(`${origin}/today?${query}`)).status).toBe(400);
});
