import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { play as playOn, step } from '../testing/random-history.js';
import type { Step } from '../testing/random-history.js';
import { expectSeenAlike, someFilters } from '../testing/seen-alike.js';
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
  await expectSeenAlike(database, filters);
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
    { numRuns: Number(process.env.TRIBUTARY_HISTORIES ?? 40), endOnFailure: true }, // to shrink a history takes longer than the test may
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
