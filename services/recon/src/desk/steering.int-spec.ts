import type { AuditPage, LetterTotalsView, OrderedLettersPage, OrderPreview, OrderView } from '@tributary/contracts';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { aRequest, target } from '../testing/requests.js';
import { TwoPersons } from '../testing/two-persons.js';
import type { people, Said } from '../testing/two-persons.js';

let database: DataSource;
let desk: TwoPersons;
afterAll(async () => {
  await desk?.stop();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  desk = await TwoPersons.start(database, new Map(), 'accountant: 10 messages, 500', 3_600_000);
}, 150_000);

type Who = keyof typeof people;
let serial = 0;
const bury = (change: Parameters<typeof aRequest>[1] = {}): Promise<string> => {
  serial += 1;
  return desk.bury(aRequest(`steer${serial}`, { amount: { minor: 1_050n, currency: 'USD' }, ...change }));
};
const order = async (who: Who, ids: readonly string[], change: object = {}): Promise<OrderView> => {
  const body = { action: 'replay', scope: 'one', ids, reason: 'period is open', ratePerSecond: 1, ...change };
  return (await desk.as(who, 'POST', '/dead-letter-orders', body)).body;
};
const steer = (who: Who, how: 'pause' | 'continue' | 'cancel', id: string): Promise<Said<OrderView>> =>
  desk.as(who, 'POST', `/dead-letter-orders/${id}/${how}`, { reason: 'some fail again' });
const show = async (id: string): Promise<OrderView> => (await desk.as('ada', 'GET', `/dead-letter-orders/${id}`)).body;
const lettersOf = async (id: string, query = ''): Promise<OrderedLettersPage> =>
  (await desk.as<OrderedLettersPage>('ada', 'GET', `/dead-letter-orders/${id}/letters${query}`)).body;
const aSecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_100));

it('dispatches nothing while an order is paused, takes answers all the same, and goes on where it was', async () => {
  const { id } = await order('ada', [await bury(), await bury(), await bury()]);
  await desk.work(1);
  expect(desk.givenOf(id)).toHaveLength(1);
  const paused = await steer('eve', 'pause', id);
  expect([paused.status, paused.body]).toEqual([
    200,
    expect.objectContaining({ state: 'paused', pausedBy: 'eve', pauseReason: 'some fail again', pending: 2, given: 1 }),
  ]);
  await desk.answer(desk.givenOf(id)[0]);
  await aSecond();
  await desk.work(5);
  expect(desk.givenOf(id)).toHaveLength(1);
  expect(await show(id)).toMatchObject({ state: 'paused', done: 1, pending: 2, given: 0 });

  expect((await steer('ada', 'continue', id)).body).toMatchObject({ state: 'running', pausedBy: null, pauseReason: null });
  for (const expected of [2, 3]) {
    await desk.work(3);
    expect(desk.givenOf(id)).toHaveLength(expected);
    await desk.answer(desk.givenOf(id).at(-1));
    await aSecond();
  }
  expect(await show(id)).toMatchObject({ state: 'done', done: 3, results: { replayed: 3 } });
  const { rows } = (await desk.as<AuditPage>('bob', 'GET', `/audit?object=order:${id}`)).body;
  expect(rows.map(({ action, name }) => [action, name]).reverse()).toEqual([
    ['order.made', 'ada'],
    ['order.paused', 'eve'],
    ['order.continued', 'ada'],
    ['order.finished', 'recon'],
  ]);
}, 30_000);

it('ends a paused order that has nothing left to do, and cancels one that has', async () => {
  const short = await order('ada', [await bury()]);
  await desk.work(1);
  await steer('ada', 'pause', short.id);
  await desk.answer(desk.givenOf(short.id)[0]);
  expect(await show(short.id)).toMatchObject({ state: 'done', pausedBy: null });

  const letter = await bury();
  const long = await order('ada', [letter]);
  await steer('ada', 'pause', long.id);
  expect((await steer('ada', 'cancel', long.id)).body).toMatchObject({
    state: 'cancelled',
    stopped: 1,
    cancelledBy: 'ada',
    pausedBy: null,
  });
  expect(await order('ada', [letter])).toMatchObject({ state: 'running', total: 1 }); // it can be ordered again
});

it('pauses what runs only, continues what is paused only, and neither for the order of another target', async () => {
  const { id } = await order('ada', [await bury()]);
  expect(await steer('ada', 'continue', id)).toMatchObject({ status: 409, body: { error: 'order.not-paused' } });
  expect(await steer('far', 'pause', id)).toMatchObject({ status: 404, body: { error: 'order.unknown' } });
  await steer('ada', 'pause', id);
  expect(await steer('ada', 'pause', id)).toMatchObject({ status: 409, body: { error: 'order.not-running' } });
  expect(await steer('far', 'continue', id)).toMatchObject({ status: 404, body: { error: 'order.unknown' } });
  expect(await steer('bob', 'continue', id)).toMatchObject({ status: 403 }); // an approver gives no orders
  await steer('ada', 'cancel', id);
  expect(await steer('ada', 'pause', id)).toMatchObject({ status: 409, body: { error: 'order.not-running' } });
});

it('says what an order would be, gives none, and refuses one that is not what was shown', async () => {
  const sequence = 'pi-preview';
  const ids = [await bury({ sequence }), await bury({ sequence }), await bury({ sequence: 'pi-preview-2', amount: null })];
  const preview = (who: Who, body: object): Promise<Said<OrderPreview>> =>
    desk.as<OrderPreview>(who, 'POST', '/dead-letter-orders/preview', { action: 'replay', ...body });
  const sequences = [sequence, 'pi-preview-2'];
  const query = { sequences, group: `tributary-sink-${target}`, topic: `postings.${target}.v1` };
  const shown = await preview('ada', { scope: 'query', query });
  expect([shown.status, shown.body]).toEqual([
    200,
    {
      ...{ letters: 3, sequences: 2, withoutMoney: 1, targets: [target], waitsFor: [], leftOut: [] },
      money: [{ minor: '2100', currency: 'USD', text: '21.00', exact: true }],
    },
  ]);
  expect((await preview('eve', { scope: 'one', ids })).body.waitsFor).toHaveLength(2); // messages, and money: she has no limit of her own
  expect((await preview('ada', { scope: 'query', query: { sequences } })).status).toBe(400); // of which group?
  expect(await preview('far', { scope: 'one', ids })).toMatchObject({ status: 403, body: { error: 'identity.forbidden' } });
  expect(await preview('ada', { scope: 'cause', cause: 'never.seen' })).toMatchObject({
    status: 409,
    body: { error: 'order.nothing-open' },
  });

  await bury({ sequence });
  const given = { action: 'replay', scope: 'query', query, reason: 'period is open' };
  const late = await desk.as('ada', 'POST', '/dead-letter-orders', { ...given, expectedLetters: 3 });
  expect([late.status, late.body.error]).toEqual([409, 'order.count-changed']);
  const total = async (state: string): Promise<LetterTotalsView> =>
    (await desk.as<LetterTotalsView>('ada', 'GET', `/dead-letters/totals?state=${state}&sequence=${sequence}`)).body;
  expect(await total('open')).toMatchObject({ count: 3, sequences: 1, amounts: [{ text: '31.50' }], parkedBehind: 0 });
  expect(await desk.as('ada', 'POST', '/dead-letter-orders', { ...given, expectedLetters: 4 })).toMatchObject({
    status: 202,
    body: { total: 4 },
  });
  expect(await total('ordered')).toMatchObject({ count: 3 });
  expect((await desk.as<LetterTotalsView>('far', 'GET', `/dead-letters/totals?sequence=${sequence}`)).body.count).toBe(0);
});

it('says before the order that somebody else has to approve it', async () => {
  const ids = await Promise.all(Array.from({ length: 11 }, () => bury()));
  const { body } = await desk.as<OrderPreview>('ada', 'POST', '/dead-letter-orders/preview', { action: 'skip', scope: 'one', ids });
  expect([body.letters, body.waitsFor]).toEqual([11, [expect.stringMatching(/11 messages, and 10 is the most/)]]);
});

it('lists the letters of an order by what came of them, and leads from one that failed to its new letter', async () => {
  const ids = [await bury({ sequence: 'pi-a' }), await bury({ sequence: 'pi-b' }), await bury({ sequence: 'pi-b' })];
  const { id } = await order('ada', ids, { ratePerSecond: 1_000 });
  await desk.work();
  const [a, b] = desk.givenOf(id); // the second one of pi-b waits for the first
  await desk.answer(a, 'replayed');
  await desk.answer(b, 'dead-again');
  expect(await show(id)).toMatchObject({ state: 'done', done: 1, failed: 1, stopped: 1 });
  expect((await lettersOf(id, '?kind=failed')).letters).toMatchObject([{ letter: ids[1], result: 'dead-again', again: null }]);
  const place = await database.query<{ source_offset: string }[]>('select source_offset from recon.dead_letter where id = $1', [ids[1]]);
  await database.query(
    `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, dead_at, id, consumer_group, source_topic, source_partition, source_offset, sequence)
     select topic, partition, "offset" + 1000000, event_id, message_id, code, dead_at + interval '1 hour', 'dl_AGAIN', consumer_group, source_topic,
       source_partition, source_offset, sequence from recon.dead_letter where source_offset = $1`,
    [place[0]?.source_offset],
  );
  expect((await lettersOf(id, '?kind=failed')).letters).toMatchObject([{ letter: ids[1], again: 'dl_AGAIN', money: { text: '10.50' } }]);
  expect((await lettersOf(id, '?kind=stopped')).letters.map(({ letter }) => letter)).toEqual([ids[2]]);
  expect((await lettersOf(id, '?kind=waiting')).letters).toEqual([]);
  const first = await lettersOf(id, '?limit=2');
  const rest = await lettersOf(id, `?limit=2&after=${first.next}`);
  expect([...first.letters, ...rest.letters].map(({ letter }) => letter)).toEqual(ids.toSorted());
  expect([first.previous, rest.next]).toEqual([null, null]);
  expect(await lettersOf(id, `?limit=2&before=${rest.previous}`)).toEqual(first);
  expect(await desk.as('far', 'GET', `/dead-letter-orders/${id}/letters`)).toMatchObject({ status: 404, body: { error: 'order.unknown' } });
});
