import { money } from '@tributary/domain';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { DeadLetterRecorder } from '../desk/emit/dead-letter.recorder.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { EventRepository } from '../intake/emit/event.repository.js';
import { PaymentFactsRepository } from '../intake/emit/payment-facts.repository.js';
import { viewTables } from '../rebuild/views-digest.js';
import { ReconciliationRepository } from '../reconciliation/emit/reconciliation.repository.js';
import { aLetter } from '../testing/letters.js';
import { paymentSums, waitingMessages } from '../testing/worked-out.js';
import { PaymentSumsWorker } from './emit/payment-sums.worker.js';
import { PaymentRepository } from './emit/payment.repository.js';
import { seenBy } from './emit/seen-sql.js';

/** What is kept beside its source (sums of payments, what still waits and its money) equals what follows from the source, after any history. */
let database: DataSource;
withReconDatabase((started) => (database = started));

const at = new Date('2026-11-21T06:00:00Z');
const group = 'g';
const targets = ['kinetic-main', 'sl-main'];

interface Step {
  readonly what:
    'deliver' | 'translate' | 'route' | 'pay' | 'conclude' | 'news' | 'bury' | 'park' | 'close' | 'read ledger' | 'merge' | 'rebuild';
  /** Which of some events; each reports one of fewer charges. */
  readonly event: number;
  readonly target: number;
  readonly n: number;
  /** Taken from a few: amounts, results, kinds. */
  readonly pick: number;
}
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...(['deliver', 'translate', 'route', 'pay', 'conclude', 'news', 'bury', 'park', 'close', 'read ledger', 'merge'] as const),
  ),
  event: fc.nat(3),
  target: fc.nat(1),
  n: fc.nat(5),
  pick: fc.nat(5),
});

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const idsOf = ({ event, target }: Step) => ({
  ...{ eventId: `evt_${event}`, charge: `ch_${event % 3}`, factId: `fact_${event}`, requestId: `req_${event}_${target}` },
  ...{ target: pick(targets, target), postingKey: `${pick(targets, target)}/cash-receipt/ch_${event % 3}` },
});
const sourceOf = (eventId: string) => ({
  ...{ system: 'stripe', account: null, eventId, eventType: 'charge.succeeded', objectId: 'ch' },
  ...{ apiVersion: null, livemode: false, occurredAt: at.getTime() },
});

/** Plays one step through the repositories that the consumers use. */
async function play(one: Step): Promise<void> {
  const { eventId, charge, factId, requestId, target, postingKey } = idsOf(one);
  const events = new EventRepository(database);
  const facts = new PaymentFactsRepository(database);
  const recorder = new DeadLetterRecorder(database);
  const amount = money(BigInt(100 * (one.pick + 1)), pick(['EUR', 'USD'], one.event));
  const message = pick([eventId, factId, requestId], one.pick);
  const place = { group, topic: pick(['stripe.events.v1', 'postings.kinetic-main.v1'], one.target), partition: 0, offset: BigInt(one.n) };
  switch (one.what) {
    case 'deliver':
      return events.recordDelivery({
        ...{
          partition: 0,
          offset: BigInt(one.event * 10 + one.n),
          eventId,
          type: 'charge.succeeded',
          endpoint: null,
          account: null,
          receivedAt: at,
        },
        raw: { chargeId: charge, money: amount, capture: true, growth: one.n === 0, chargedAtMs: at.getTime() },
      });
    case 'translate':
      return events.recordTranslated(
        {
          source: sourceOf(eventId),
          canonical: [{ eventId: factId, eventType: 'ar.payment-received' }],
          ignoredReason: null,
          ignoredText: null,
        },
        at,
      );
    case 'route':
      return events.recordRouted(
        {
          ...{
            sourceEventId: eventId,
            canonicalEventId: factId,
            canonicalType: 'ar.payment-received',
            ignoredReason: null,
            ignoredText: null,
          },
          postings: [{ requestId, postingKey, target, kind: 'cash-receipt' }],
        },
        at,
      );
    case 'pay':
      return facts.recordPayment(
        {
          ...{
            source: sourceOf(eventId),
            paymentId: `pi_${charge}`,
            chargeId: charge,
            part: one.n === 0 ? 'second' : null,
            chargedAt: null,
          },
          ...{ saleId: null, paymentIntentId: null, customerId: null, customer: null, amount, receivedAt: at.getTime(), description: null },
          payer: { name: null, email: null, phone: null, address: null },
          ...{
            method: { type: 'card', brand: null, last4: null, country: null },
            balanceTransactionId: null,
            settlement: null,
            metadata: {},
          },
        },
        factId,
      );
    case 'conclude': {
      const result = pick(['posted', 'released', 'rejected', 'duplicate', 'held', 'released'], one.pick);
      return events.recordOutcome(
        {
          ...{
            requestId,
            postingKey,
            target,
            kind: 'cash-receipt',
            result,
            canonicalEventId: factId,
            sourceEventId: eventId,
            sequence: 's',
          },
          ...{
            reference: { Number: '1' },
            amount,
            code: null,
            text: null,
            postingDate: null,
            attempts: 1,
            concludedAt: at.getTime() + one.n,
          },
        },
        `out_${requestId}_${one.n}`,
      );
    }
    case 'news':
      return facts.recordNews({
        ...{
          factId: `news_${charge}_${one.n}`,
          eventId: `evt_news_${one.n}`,
          chargeId: charge,
          objectId: 'x',
          atMs: at.getTime(),
          minor: '5',
        },
        kind: pick(['refund', 'refund-failed', 'dispute-opened', 'failed'] as const, one.pick) as never,
        ...{ currency: 'EUR', status: null, reason: null, inquiry: one.n % 2 === 0 },
      });
    case 'bury':
      return recorder.recordLetter(
        aLetter({
          ...{ partition: one.target, offset: BigInt(one.event * 10 + one.n), eventId, messageId: message, code: `code-${one.pick % 2}` },
          ...{ source: place, sequence: `seq_${one.n % 2}`, held: one.pick === 5, ...(one.pick > 2 ? { money: amount } : {}) },
        }),
      );
    case 'park':
      return recorder.recordParked({
        ...{ consumerGroup: group, topic: place.topic, partition: 0, offset: one.n + 3, eventId: message, sourceEventId: eventId },
        ...{ sequence: `seq_${one.n % 2}`, headOffset: 0, headCode: 'code', parkedAt: at.getTime() + one.n },
      });
    case 'close':
      return recorder.recordClosure({
        ...{
          orderId: `item_${one.n}_${one.target}`,
          consumerGroup: group,
          topic: place.topic,
          partition: 0,
          offset: one.n,
          eventId: message,
        },
        ...{
          sourceEventId: eventId,
          sequence: 's',
          result: pick(['replayed', 'skipped', 'resolved'], one.pick),
          text: null,
          closedAt: at.getTime(),
        },
      });
    case 'read ledger':
      return new ReconciliationRepository(database).record(
        { postingKey, chargeId: charge, part: '', checks: 0 },
        {
          ledger: one.pick < 3 ? { minor: '100', currency: 'EUR' } : undefined,
          released: true,
          clearing: undefined,
          problem: null,
          reference: undefined,
        },
      );
    case 'merge':
      await new PaymentSumsWorker(database).round();
      return undefined;
    case 'rebuild':
      await database.query(`truncate ${viewTables.map((table) => `recon.${table}`).join(', ')}`);
      return undefined;
  }
}

async function expectEqual(): Promise<void> {
  const sums = await paymentSums(database);
  expect(sums.kept).toEqual(sums.workedOut);
  const waiting = await waitingMessages(database);
  expect(waiting.kept).toEqual(waiting.workedOut);
  await expectCauses();
  await expectSeenAlike();
}

const states = ['deadLettered', 'held', 'inFlight', 'posted', 'ignored'] as const;

/** What a role for some ledgers sees of each event by itself, and of all at once; its totals by state, and the same counted one by one. */
async function expectSeenAlike(): Promise<void> {
  for (const visible of [targets.slice(0, 1), targets.slice(1), targets, ['another']]) {
    const { captures, events, allEvents } = seenBy(visible, 1);
    const read = (columns: string, from: string): Promise<unknown> =>
      database.query(`select ${columns} from ${from} c where $1::text[] is not null order by 1`, [visible]);
    expect(await read('event_id, state, reason', allEvents)).toEqual(await read('event_id, state, reason', events));
    const rows = await database.query<{ state: string }[]>(`select state from ${captures} c`, [visible]);
    for (const state of states)
      expect([state, (await new PaymentRepository(database).totals({ state }, visible)).count]).toEqual([
        state,
        rows.filter((row) => row.state === state).length,
      ]);
  }
}

interface LetterRow {
  readonly code: string;
  readonly held: boolean;
  readonly lane: string;
  readonly place: number;
}
/** What is parked behind the letters of each cause, counted letter by letter. */
async function expectCauses(): Promise<void> {
  const lane = `concat_ws(' ', consumer_group, source_topic, source_partition, sequence) as lane, source_offset::int as place`;
  const letters = await database.query<LetterRow[]>(`select code, held, ${lane} from recon.dead_letter where state <> 'closed'`);
  const parked = await database.query<LetterRow[]>(`select ${lane} from recon.parked where waits`);
  const counted = new Map<string, [number, number]>();
  for (const letter of letters) {
    const key = `${letter.code} ${letter.held}`;
    const [count, behind] = counted.get(key) ?? [0, 0];
    counted.set(key, [count + 1, behind + parked.filter((one) => one.lane === letter.lane && one.place > letter.place).length]);
  }
  const causes = await new DeadLetterRepository(database).causes();
  expect(causes.map(({ cause, held, count, parkedBehind }) => [`${cause} ${held}`, [count, parkedBehind]]).toSorted()).toEqual(
    [...counted].toSorted(),
  );
}

it('is equal after any history, whose messages come in any order, several at once and more than once, and after a rebuild', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 14 }), async (history) => {
      await play({ what: 'rebuild', event: 0, target: 0, n: 0, pick: 0 });
      for (const together of history) await Promise.all(together.map(play));
      await expectEqual();
      const totals = await new PaymentRepository(database).totals({});
      await play({ what: 'merge', event: 0, target: 0, n: 0, pick: 0 });
      expect(await new PaymentRepository(database).totals({})).toEqual(totals);
      await expectEqual();

      await play({ what: 'rebuild', event: 0, target: 0, n: 0, pick: 0 });
      expect((await paymentSums(database)).kept).toEqual([]);
      for (const one of history.flat().toReversed()) await play(one);
      await expectEqual();
    }),
    { numRuns: Number(process.env.TRIBUTARY_HISTORIES ?? 40) },
  );
}, 300_000);

it('plays histories in which something is kept at all', async () => {
  await play({ what: 'rebuild', event: 0, target: 0, n: 0, pick: 0 });
  const steps = (['deliver', 'park', 'pay', 'news', 'route'] as const).map((what): Step => ({ what, event: 1, target: 0, n: 1, pick: 2 }));
  for (const one of steps) await play(one);
  const { kept } = await paymentSums(database);
  expect(kept).toEqual([expect.objectContaining({ targets: ['kinetic-main'], has_dispute: true, has_refund: false, minor: '300' })]);
  expect((await waitingMessages(database)).kept).toEqual([{ message_id: 'req_1_0', minor: '300', currency: 'USD' }]);
  await play({ what: 'conclude', event: 1, target: 0, n: 1, pick: 0 });
  expect((await waitingMessages(database)).kept).toEqual([]);
});

it('adds a sum for every change and merges those that are alike into one', async () => {
  const rows = async (): Promise<number> =>
    (await database.query<{ count: number }[]>('select count(*)::int as count from recon.payment_sum'))[0]?.count ?? 0;
  await play({ what: 'rebuild', event: 0, target: 0, n: 0, pick: 0 });
  for (const event of [0, 1])
    for (const what of ['deliver', 'pay', 'route'] as const) await play({ what, event, target: 0, n: 1, pick: 1 });
  expect(await rows()).toBeGreaterThan(2);
  await play({ what: 'merge', event: 0, target: 0, n: 0, pick: 0 });
  expect(await rows()).toBe(2);
});
