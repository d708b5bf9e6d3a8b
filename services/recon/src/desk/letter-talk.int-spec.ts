import type {
  AuditPage,
  CheckedEditView,
  LetterAssignmentView,
  LetterCase,
  LetterCommentView,
  LetterMessage,
  LettersPage,
  SequencesPage,
} from '@tributary/contracts';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { aRequest, target } from '../testing/requests.js';
import { TwoPersons } from '../testing/two-persons.js';
import type { people, Said } from '../testing/two-persons.js';
import { PayloadRetention } from './emit/payload-retention.js';

/** One dead letter, over HTTP with a real PostgreSQL: what is told about it and to whom, what people say about it, and who looks after it. */
let database: DataSource;
let desk: TwoPersons;
afterAll(async () => {
  await desk?.stop();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  desk = await TwoPersons.start(database, new Map(), 'accountant: 9 messages, 1000', 3_600_000);
}, 150_000);

let serial = 0;
const bury = (): Promise<string> => {
  serial += 1;
  return desk.bury(aRequest(`talk${serial}`));
};
type Who = keyof typeof people;
const about = async (id: string, who: Who = 'ada'): Promise<LetterCase> =>
  (await desk.as<LetterCase>(who, 'GET', `/dead-letters/${id}/case`)).body;
const say = (who: Who, id: string, text: string): Promise<Said<LetterCommentView>> =>
  desk.as<LetterCommentView>(who, 'POST', `/dead-letters/${id}/comments`, { text });
const give = (who: Who, id: string, body: object): Promise<Said<LetterAssignmentView>> =>
  desk.as<LetterAssignmentView>(who, 'POST', `/dead-letters/${id}/assignment`, body);
const trailOf = async (id: string): Promise<AuditPage['rows']> =>
  (await desk.as<AuditPage>('ada', 'GET', `/audit?object=letter:${id}`)).body.rows;
const ada = { subject: 'person:ada', name: 'ada' };
const kim = { subject: 'person:kim', name: 'Kim M.' };

it('tells all about a letter but what its message holds', async () => {
  const id = await bury();
  const [place] = await database.query<{ source_offset: string; sequence: string }[]>(
    `select source_offset::text, sequence from recon.dead_letter where id = $1`,
    [id],
  );
  await database.query(
    `insert into recon.parked (consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code, parked_at)
     select $1, $2, 0, $3::bigint + n, 'behind-' || $4 || n, 'evt', $4, $3, 'kinetic.period-closed', now() from generate_series(1, 2) n`,
    [`tributary-sink-${target}`, `postings.${target}.v1`, place?.source_offset, place?.sequence],
  );
  await database.query(
    `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, dead_at, id, consumer_group, source_topic,
       source_partition, source_offset, sequence, state, result, closed_at, attempts)
     select topic, partition, "offset" + 1000, event_id, message_id, 'erp.before', dead_at - interval '1 day', 'dl_before', consumer_group, source_topic,
       source_partition, source_offset, sequence, 'closed', 'dead-again', dead_at, 12 from recon.dead_letter where id = $1`,
    [id],
  );
  const told = await about(id);
  expect(told).toMatchObject({ letter: { id, assignee: null, parkedBehind: 2 }, kept: true, question: null, guilty: null, comments: [] });
  expect(told.parked.map(({ behind }) => behind)).toEqual(['kinetic.period-closed', 'kinetic.period-closed']);
  expect(told.generations.map((one) => [one.id, one.result, one.attempts])).toEqual([
    ['dl_before', 'dead-again', 12],
    [id, null, 1],
  ]);
  expect(JSON.stringify(told)).not.toContain('CheckRef');
});

it('shows the message with the meaning of its fields and without its bytes, and the trail has who read it', async () => {
  const id = await bury();
  const { body } = await desk.as<LetterMessage>('ada', 'GET', `/dead-letters/${id}/message`);
  expect(body).toMatchObject({ id, key: 'cus_1', problem: null, value: { target, amount: { minor: '1050', currency: 'USD' } } });
  expect(body.schema).toMatchObject({ name: expect.stringMatching(/PostingRequested$/) as string, isCurrent: true });
  expect(body.schema?.fields.find(({ path }) => path === 'amount.minor')).toMatchObject({ type: 'minor-units' });
  expect(body).not.toHaveProperty('bytes');
  expect((await trailOf(id)).map(({ action, subject, details }) => [action, subject, details])).toEqual([
    ['payload.read', 'person:ada', { how: 'shown' }],
  ]);
});

it('shows a letter of another ledger to nobody, and takes no comment on it', async () => {
  const id = await bury();
  const asked = [
    desk.as('far', 'GET', `/dead-letters/${id}/case`),
    desk.as('far', 'GET', `/dead-letters/${id}/message`),
    say('far', id, 'mine?'),
    give('far', id, { assignee: 'me', replaces: null }),
  ];
  for (const { status, body } of await Promise.all<Said<object>>(asked)) expect([status, body.error]).toEqual([404, 'dead-letter.unknown']);
  expect(await trailOf(id)).toEqual([]);
});

it('checks an edit as often as somebody types, tells its money, and records the reading once', async () => {
  const id = await bury();
  const { value } = (await desk.as<LetterMessage>('ada', 'GET', `/dead-letters/${id}/message`)).body as {
    value: { fields: object; amount: object };
  };
  const edited = { ...value, amount: { ...value.amount, minor: '1100' } };
  for (let n = 0; n < 3; n += 1) {
    const { body } = await desk.as<CheckedEditView>('ada', 'POST', `/dead-letters/${id}/check-edit`, { value: edited });
    expect(body).toMatchObject({ ok: true, money: [{ path: 'amount.minor', before: '"1050"', after: '"1100"' }] });
  }
  expect((await trailOf(id)).map(({ details }) => (details as { how: string }).how)).toEqual(['compared with an edit', 'shown']);
});

describe('comments', () => {
  it('are kept in order with who wrote them, and the trail has that they were written', async () => {
    const id = await bury();
    expect(await say('ada', id, ' asked the bank\r\nanswer by Friday ')).toMatchObject({
      status: 201,
      body: { by: ada, text: 'asked the bank\nanswer by Friday' },
    });
    await say('bob', id, 'thanks');
    expect((await about(id)).comments.map(({ by, text }) => [by.name, text])).toEqual([
      ['ada', 'asked the bank\nanswer by Friday'],
      ['bob', 'thanks'],
    ]);
    const [, first] = await trailOf(id);
    expect(first).toMatchObject({ action: 'letter.commented', target, details: { characters: 31 } });
    expect(JSON.stringify(await trailOf(id))).not.toContain('bank');
  });

  it.each([
    ['nothing', '  \n ', 'what do you want to say'],
    ['too much', 'x'.repeat(2_001), '2000'],
    ['a character that nobody sees', 'fine\u202e', 'U+202E'],
    ['a card number', 'it was 4242 4242 4242 4242', 'card number'],
  ])('refuse %s', async (_, text, message) => {
    const id = await bury();
    const { status, body } = await say('ada', id, text);
    expect([status, body.message]).toEqual([400, expect.stringContaining(message) as string]);
    expect((await about(id)).comments).toEqual([]);
  });

  it('are deleted with the bytes of the letter, when it has been closed long enough', async () => {
    const [open, closed] = [await bury(), await bury()];
    for (const id of [open, closed]) await say('ada', id, 'Ada Lovelace called');
    await database.query(`update recon.dead_letter_comment set written_at = now() - interval '50 days'`);
    await database.query(`update recon.dead_letter set state = 'closed', closed_at = now() - interval '40 days' where id = $1`, [closed]);
    expect(await new PayloadRetention(database, { days: 30, limit: 10 }).purge()).toMatchObject({ comment: 1 });
    expect((await about(closed)).comments).toMatchObject([{ text: null, by: ada }]);
    expect((await about(closed)).kept).toBe(false);
    expect((await about(open)).comments).toMatchObject([{ text: 'Ada Lovelace called' }]);
  });
});

describe('an assignment', () => {
  it('says what it replaces, and whoever is later is told who was quicker', async () => {
    const id = await bury();
    expect(await give('ada', id, { assignee: 'me', replaces: null })).toMatchObject({ status: 200, body: { assignee: ada } });
    const late = await give('eve', id, { assignee: 'me', replaces: null });
    expect([late.status, late.body.error, late.body.message]).toEqual([
      409,
      'assignment.changed',
      expect.stringContaining('assigned to ada') as string,
    ]);
    expect((await about(id)).letter.assignee).toEqual(ada);
    await give('eve', id, { assignee: kim, replaces: ada.subject });
    await give('eve', id, { assignee: null, replaces: kim.subject });
    expect((await about(id)).letter.assignee).toBeNull();
    expect((await trailOf(id)).map(({ action, details }) => [action, details])).toEqual([
      ['letter.unassigned', { assignee: null, replaces: kim }],
      ['letter.assigned', { assignee: kim, replaces: ada }],
      ['letter.assigned', { assignee: ada, replaces: null }],
    ]);
  });

  it('is won by one of many who take it at the same moment', async () => {
    const id = await bury();
    const takers = await Promise.all(
      (['ada', 'eve', 'bob'] as const).flatMap((who) => [1, 2].map(() => give(who, id, { assignee: 'me', replaces: null }))),
    );
    expect(takers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(takers.filter(({ status }) => status === 409)).toHaveLength(5);
    expect((await trailOf(id)).filter(({ action }) => action === 'letter.assigned')).toHaveLength(1);
  });

  it('is in the rows of letters and sequences, and selects them', async () => {
    const [mine, other, free] = [await bury(), await bury(), await bury()];
    await give('eve', mine, { assignee: 'me', replaces: null });
    await give('eve', other, { assignee: kim, replaces: null });
    const listed = async (query: string): Promise<[string, string | undefined][]> => {
      const { body } = await desk.as<LettersPage>('eve', 'GET', `/dead-letters?limit=500&${query}`);
      return body.deadLetters.map(({ id, assignee }) => [id, assignee?.name]);
    };
    const ofEve = await listed('assignee=me');
    expect(ofEve).toContainEqual([mine, 'eve']);
    expect(ofEve.filter(([id]) => id === other || id === free)).toEqual([]);
    expect(await listed('assignee=person:kim')).toContainEqual([other, 'Kim M.']);
    const unassigned = await listed('assignee=nobody');
    expect(unassigned).toContainEqual([free, undefined]);
    expect(unassigned.map(([id]) => id)).not.toContain(mine);
    const heads = async (query: string): Promise<[string, string | undefined][]> => {
      const { body } = await desk.as<SequencesPage>('eve', 'GET', `/dead-letters/sequences?limit=500&${query}`);
      return body.sequences.map(({ head, assignee }) => [head, assignee?.name]);
    };
    const headsOfEve = await heads('assignee=me');
    expect(headsOfEve).toContainEqual([mine, 'eve']);
    expect(headsOfEve.filter(([id]) => id === other || id === free)).toEqual([]);
    expect((await heads('assignee=nobody')).map(([id]) => id)).not.toContain(mine);
    expect(await heads('assignee=nobody')).toContainEqual([free, undefined]);
  });
});
