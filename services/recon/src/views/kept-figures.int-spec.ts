import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { play as playOn, step } from '../testing/random-history.js';
import type { Step } from '../testing/random-history.js';
import { SeenRowsWorker } from '../reconciliation/emit/seen-rows.worker.js';
import { allFilters, expectSeenAlike, someFilters } from '../testing/seen-alike.js';
import { paymentSums, waitingMessages } from '../testing/worked-out.js';
import type { PaymentFilter } from './emit/payment-filter.js';
import { PaymentRepository } from './emit/payment.repository.js';

/** What is kept beside its source (sums of payments, what still waits and its money) equals what follows from the source, after any history. */
let database: DataSource;
withReconDatabase((started) => (database = started));

const play = (one: Step): Promise<void> => playOn(database, one);

async function expectEqual(filters: readonly PaymentFilter[]): Promise<void> {
  const sums = await paymentSums(database);
  expect(sums.kept).toEqual(sums.workedOut);
  const waiting = await waitingMessages(database);
  expect(waiting.kept).toEqual(waiting.workedOut);
  await expectCauses();
  expect(await writtenByOthers()).toBe(0);
  await expectSeenAlike(database, filters);
}

/** Rows that look as if an older version had written them. */
async function writtenByOthers(): Promise<number> {
  const [row] = await database.query<{ count: number }[]>(`select (select count(*) from recon.event where changed_at > placed_at)::int
    + (select count(*) from recon.reconciliation where checked_at > placed_at)::int as count`);
  return row?.count ?? -1;
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
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 14 }),
      someFilters,
      async (history, filters) => {
        await play({ what: 'rebuild', event: 0, target: 0, n: 0, pick: 0 });
        for (const together of history) await Promise.all(together.map(play));
        await expectEqual(filters);
        const totals = await new PaymentRepository(database).totals({});
        await play({ what: 'merge', event: 0, target: 0, n: 0, pick: 0 });
        expect(await new PaymentRepository(database).totals({})).toEqual(totals);
        await expectEqual(filters);

        await play({ what: 'rebuild', event: 0, target: 0, n: 0, pick: 0 });
        expect((await paymentSums(database)).kept).toEqual([]);
        for (const one of history.flat().toReversed()) await play(one);
        await expectEqual(filters);
      },
    ),
    // To shrink a history takes longer than the test may; on a slow machine there are fewer of them.
    {
      numRuns: Number(process.env.TRIBUTARY_HISTORIES ?? 40),
      endOnFailure: true,
      ...(process.env.TRIBUTARY_HISTORIES ? {} : { interruptAfterTimeLimit: 100_000 }),
    },
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

describe('what a version from before migration 0033 writes beside this one', () => {
  const ofEvent = { event: 1, n: 1 };
  beforeEach(async () => {
    await play({ what: 'rebuild', event: 0, target: 0, n: 0, pick: 0 });
    for (const what of ['deliver', 'pay'] as const) await play({ what, ...ofEvent, target: 0, pick: 0 });
    for (const target of [0, 1])
      for (const what of ['route', 'conclude', 'read ledger'] as const) await play({ what, ...ofEvent, target, pick: 0 });
    await expectSeenAlike(database, allFilters);
  });
  const expectMended = async (): Promise<void> => {
    await expect(expectSeenAlike(database, allFilters)).rejects.toThrow();
    const worker = new SeenRowsWorker(database);
    expect(await worker.round()).toBe(1_000); // there may be more soon
    expect(await writtenByOthers()).toBe(0);
    await expectSeenAlike(database, allFilters);
    expect(await worker.round()).toBe(10_000);
  };

  it('is placed again where it is about an event', async () => {
    // Its statements: an outcome, the state of the event, and that of the capture.
    await database.transaction(async (manager) => {
      await manager.query(`insert into recon.event as e (event_id, customer_id, occurred_at) values ('evt_1', null, null)
        on conflict (event_id) do update set changed_at = now(), texts_overwritten_at = null,
          customer_id = coalesce(excluded.customer_id, e.customer_id), occurred_at = least(excluded.occurred_at, e.occurred_at)`);
      await manager.query(`update recon.posting set result = 'rejected', code = 'fake.period' where request_id = 'req_1_1'`);
      await manager.query(`update recon.event set state = 'deadLettered', reason = 'fake.period' where event_id = 'evt_1'`);
      await manager.query(`select pg_advisory_xact_lock(hashtextextended('ch_1', 7))`);
      await manager.query(
        `update recon.capture set state = 'deadLettered', standing = 'needsPerson', standing_reason = 'fake.period' where event_id = 'evt_1'`,
      );
    });
    await expectMended();
  });

  it('is placed again where it is about a reading of the ledger', async () => {
    await database.query(
      `update recon.reconciliation set ledger_minor = 999, checked_at = now() where posting_key = 'sl-main/cash-receipt/ch_1'`,
    );
    await expectMended();
  });
});
