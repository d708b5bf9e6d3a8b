import type { SequenceView } from '@tributary/contracts';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { readBothWays } from '../testing/both-ways.js';
import { DeadLetterRepository } from './emit/dead-letter.repository.js';
import { SequenceListRepository } from './emit/sequence-list.repository.js';
import type { SequenceFilter } from './emit/sequence-list.repository.js';

let database: DataSource;
withReconDatabase((started) => (database = started));

interface Letter {
  readonly sequence: string;
  readonly code: string;
  readonly topic: string;
  readonly state: string;
  readonly minor: number | null;
  /** Messages of the sequence that are parked behind it. */
  readonly parked: number;
}
const letter: fc.Arbitrary<Letter> = fc.record({
  sequence: fc.constantFrom('pi_1', 'pi_2', 'pi_3', "a/b~'\u202e"),
  code: fc.constantFrom('erp.period-closed', 'mapping.no-rule'),
  topic: fc.constantFrom('postings.kinetic-main.v1', 'postings.sl-main.v1', 'stripe.events.v1'),
  state: fc.constantFrom('open', 'ordered', 'closed'),
  minor: fc.option(fc.nat(1_000_000)),
  parked: fc.nat(2),
});

async function store(letters: readonly Letter[]): Promise<void> {
  await database.query('truncate recon.dead_letter, recon.parked');
  for (const [n, { sequence, code, topic, state, minor, parked }] of letters.entries()) {
    await database.query(
      `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, dead_at, id, consumer_group, source_topic, source_partition,
         source_offset, sequence, minor, currency, state)
       values ('dead', 0, $1::bigint, 'e', 'm', $2, '2026-11-21T06:00:00Z'::timestamptz + $1::bigint * interval '1 microsecond', $3, 'g', $4, 0, $1::bigint, $5, $6, 'USD', $7)`,
      [n * 10, code, `dl_${n}`, topic, sequence, minor, state],
    );
    for (let behind = 1; behind <= parked; behind += 1)
      await database.query(
        `insert into recon.parked (consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code, parked_at)
         values ('g', $1, 0, $2, $3, 'e', $4, $5, $6, now())`,
        [topic, n * 10 + behind, `parked_${n}_${behind}`, sequence, n * 10, code],
      );
  }
}

function all(filter: SequenceFilter, visible: '*' | readonly string[] = '*'): Promise<SequenceView[]> {
  return readBothWays(async (page) => {
    const { sequences, ...neighbours } = await new SequenceListRepository(database).list(filter, page, visible);
    return { rows: [...sequences], ...neighbours };
  });
}

it('has every letter that is not closed in one row, with the first of its sequence and what is parked behind it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(letter, { maxLength: 12 }), async (letters) => {
      await store(letters);
      const open = letters.map((one, n) => ({ ...one, id: `dl_${n}`, n })).filter(({ state }) => state !== 'closed');
      const rows = await all({});
      expect(rows.reduce((sum, { letters: count }) => sum + count, 0)).toBe(open.length);
      expect(new Set(rows.map(({ topic, sequence }) => `${topic} ${sequence}`)).size).toBe(rows.length);
      for (const row of rows) {
        const own = open.filter(({ topic, sequence }) => topic === row.topic && sequence === row.sequence);
        const [first] = own;
        const behind = letters.flatMap(({ topic, sequence, parked }, n) =>
          topic === row.topic && sequence === row.sequence && n >= (first?.n ?? 0) ? parked : 0,
        );
        const money = own.reduce((sum, { minor }) => sum + (minor ?? 0), 0);
        expect([row.head, row.cause, row.letters, row.parkedBehind, row.money[0]?.minor ?? '0']).toEqual([
          ...[first?.id, first?.code, own.length, behind.reduce((sum, count) => sum + count, 0), String(money)],
        ]);
        const query = Object.fromEntries(new URL(row.list, 'http://recon.test').searchParams);
        const listed = await new DeadLetterRepository(database).list({ ...query, state: 'notClosed' }, { limit: 500 });
        expect(listed.deadLetters.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
      }
      const ofCause = await all({ cause: 'mapping.no-rule' });
      expect(ofCause.map(({ head }) => head)).toEqual(
        rows
          .filter(({ topic, sequence }) =>
            open.some((one) => one.topic === topic && one.sequence === sequence && one.code === 'mapping.no-rule'),
          )
          .map(({ head }) => head),
      );
      const seen = await all({}, ['kinetic-main']);
      expect(seen.map(({ head }) => head)).toEqual(rows.filter(({ topic }) => topic !== 'postings.sl-main.v1').map(({ head }) => head));
    }),
    { numRuns: 25 },
  );
}, 120_000);

it('narrows the sequences down by topic, event type, state, held and the age of the oldest', async () => {
  const plain = { code: 'erp.period-closed', topic: 'postings.kinetic-main.v1', state: 'open', minor: null, parked: 0 };
  await store([
    { ...plain, sequence: 'pi_1' },
    { ...plain, sequence: 'pi_2', topic: 'postings.sl-main.v1', state: 'ordered' },
    { ...plain, sequence: 'pi_3' },
  ]);
  await database.query(
    `update recon.dead_letter set held = true, event_type = 'ar.refund', dead_at = '2026-11-20T06:00:00Z' where sequence = 'pi_3'`,
  );
  const heads = async (filter: SequenceFilter): Promise<string[]> => (await all(filter)).map(({ head }) => head);
  expect(await heads({})).toEqual(['dl_2', 'dl_0', 'dl_1']);
  expect(await heads({ topic: 'postings.sl-main.v1' })).toEqual(['dl_1']);
  expect(await heads({ eventType: 'ar.refund' })).toEqual(['dl_2']);
  expect(await heads({ state: 'ordered' })).toEqual(['dl_1']);
  expect(await heads({ state: 'open', held: false })).toEqual(['dl_0']);
  expect(await heads({ held: true })).toEqual(['dl_2']);
  expect(await heads({ to: '2026-11-21T00:00:00Z' })).toEqual(['dl_2']);
  expect(await heads({ from: '2026-11-21T00:00:00Z' })).toEqual(['dl_0', 'dl_1']);
});
