import type { ErpConnector } from '@tributary/connector-kit';
import type { AuditPage, LetterCase, LettersPage, OrderedLettersPage, OrderPreview, OrderView, SequencesPage } from '@tributary/contracts';
import { headers } from '@tributary/contracts';
import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { reconMigrations } from '../migrations/index.js';
import { KineticBooks } from '../testing/kinetic-books.js';
import { aLetter } from '../testing/letters.js';
import { aRequest, target } from '../testing/requests.js';
import { TwoPersons } from '../testing/two-persons.js';
import type { people, Said } from '../testing/two-persons.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let database: DataSource;
let books: KineticBooks;
let desk: TwoPersons;
const ledgers = new Map<string, ErpConnector>();

beforeAll(async () => {
  [stack, books] = await Promise.all([startStack({ postgres: true }), KineticBooks.start()]);
  database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(database);
  desk = await TwoPersons.start(database, ledgers, 'accountant: 50 messages, 100000', 3_600_000);
  ledgers.set(target, books.connector('none'));
}, 150_000);
afterAll(async () => {
  await desk?.stop();
  await books?.stop();
  await database?.destroy();
  await stack?.stop();
});

type Who = keyof typeof people;
const gbp = (id: string, sequence: string): Promise<string> =>
  desk.bury(aRequest(id, { sequence, amount: { minor: 8_000n, currency: 'GBP' } }));
const ofSequence = (sequence: string): object => ({ action: 'resolve', scope: 'sequence', sequence });
const preview = (who: Who, body: object): Promise<Said<OrderPreview>> =>
  desk.as<OrderPreview>(who, 'POST', '/dead-letter-orders/preview', body);
const give = (who: Who, body: object): Promise<Said<OrderView>> =>
  desk.as(who, 'POST', '/dead-letter-orders', { reason: 'entered by hand', ...body });

describe('what was put right by hand', () => {
  it('is resolved as a whole with the documents that the ledger shows; what it does not show stays a dead letter, and says why', async () => {
    const saved = [await books.saveReceipt('hand1'), await books.saveReceipt('hand2')];
    const ids = [await gbp('hand1', 'pi-hand'), await gbp('hand2', 'pi-hand'), await gbp('hand3', 'pi-hand')];
    const { status, body } = await preview('ada', ofSequence('pi-hand'));
    expect([status, body.letters, body.waitsFor]).toEqual([200, 2, []]);
    expect(body.leftOut).toEqual([
      { letter: ids[2], text: expect.stringContaining(`no cash-receipt with the posting key ${target}/cash-receipt/hand3`) },
    ]);

    const given = await give('ada', { ...ofSequence('pi-hand'), expectedLetters: 2 });
    expect([given.status, given.body.state, given.body.total]).toEqual([202, 'running', 2]);
    for (const rounds of [1, 1]) {
      await desk.work(rounds);
      await desk.answer(desk.givenOf(given.body.id).at(-1), 'resolved');
      await database.query('update recon.dead_letter_order set next_at = now()');
    }
    const references = desk
      .givenOf(given.body.id)
      .map(({ headers: { [headers.orderReference]: reference } }) => JSON.parse(String(reference)) as object);
    expect(references).toEqual(saved.map((document) => expect.objectContaining({ HeadNum: document.HeadNum }) as object));
    const { letters } = (await desk.as<OrderedLettersPage>('ada', 'GET', `/dead-letter-orders/${given.body.id}/letters`)).body;
    expect(letters.map(({ document }) => document?.HeadNum).toSorted()).toEqual(saved.map(({ HeadNum }) => HeadNum).toSorted());
    const second = await give('ada', { action: 'skip', scope: 'one', ids: [ids[0]] });
    expect([second.status, second.body.error]).toEqual([409, 'dead-letter.not-open']);
    expect(second.body.message).toContain(`by ada (resolve, ${given.body.id}: entered by hand)`);
    const { order } = (await desk.as<LetterCase>('ada', 'GET', `/dead-letters/${ids[0]}/case`)).body;
    expect(order).toMatchObject({ id: given.body.id, action: 'resolve', by: 'ada', reason: 'entered by hand' });
    const open = await desk.as<LettersPage>('ada', 'GET', '/dead-letters?sequence=pi-hand&state=open');
    expect(open.body.deadLetters.map(({ id }) => id)).toEqual([ids[2]]);
    const { rows } = (await desk.as<AuditPage>('bob', 'GET', `/audit?object=order:${given.body.id}`)).body;
    expect(rows.at(-1)).toMatchObject({
      action: 'order.made',
      reason: 'entered by hand',
      details: { asked: { scope: 'sequence', filter: { sequence: 'pi-hand' } }, leftOut: [ids[2]] },
    });
  });

  it('is refused where the ledgers show none of it, without the permission, and while a ledger is silent', async () => {
    await gbp('hand4', 'pi-none');
    expect(await give('ada', ofSequence('pi-none'))).toMatchObject({ status: 409, body: { error: 'resolve.not-there' } });
    expect(await give('eve', ofSequence('pi-none'))).toMatchObject({ status: 403, body: { error: 'identity.forbidden' } });
    expect(await give('far', ofSequence('pi-none'))).toMatchObject({ status: 403, body: { error: 'identity.forbidden' } });
    const withKey = { ...ofSequence('pi-none'), reference: { HeadNum: '1' } };
    expect(await give('ada', withKey)).toMatchObject({ status: 400, body: { message: expect.stringContaining('exactly one') as string } });
  });

  it('that no ledger can show needs somebody else, who approves exactly this', async () => {
    await desk
      .recorder()
      .recordLetter(aLetter({ offset: 9_001n, eventId: 'evt_word', sequence: 'pi-word', code: 'stripe.object-invalid' }));
    const { body } = await give('ada', { action: 'resolve', scope: 'cause', cause: 'stripe.object-invalid' });
    expect(body).toMatchObject({ state: 'waiting-approval', waitsFor: [expect.stringContaining('no ledger can say')] });
    await database.query(`update recon.dead_letter_order set documents = '{"x":{"HeadNum":"1"}}' where id = $1`, [body.id]);
    const approve = (contentHash: string | null): Promise<Said<OrderView>> =>
      desk.as('bob', 'POST', `/dead-letter-orders/${body.id}/approve`, { reason: 'seen in the ledger', contentHash });
    expect(await approve(body.contentHash)).toMatchObject({ status: 409, body: { error: 'order.changed' } });
    const { contentHash } = (await desk.as('bob', 'GET', `/dead-letter-orders/${body.id}`)).body;
    expect((await approve(contentHash)).status).toBe(200);
  });
});

describe('what failed again', () => {
  it('is a filter of letters, of their sum and of orders, and every row says how often', async () => {
    const first = aLetter({ offset: 9_100n, eventId: 'evt_again', sequence: 'pi-again', code: 'mapping.currency-unmapped' });
    await desk.recorder().recordLetter(first);
    await desk
      .recorder()
      .recordLetter(aLetter({ ...first, source: first.source, offset: 9_101n, deadAt: new Date('2026-11-21T07:00:00Z') }));
    const before = await database.query<{ id: string }[]>(`select id from recon.dead_letter where sequence = 'pi-again' order by dead_at`);
    await database.query(`update recon.dead_letter set state = 'closed', result = 'dead-again' where id = $1`, [before[0]?.id]);
    const list = (await desk.as<LettersPage>('ada', 'GET', '/dead-letters?state=notClosed&again=true')).body.deadLetters;
    expect(list).toMatchObject([{ id: before[1]?.id, replays: 1, previous: before[0]?.id }]);
    expect(
      (await desk.as<LettersPage>('ada', 'GET', '/dead-letters?sequence=pi-again&again=false&state=notClosed')).body.deadLetters,
    ).toEqual([]);
    expect((await desk.as('ada', 'GET', '/dead-letters/totals?state=notClosed&again=true')).body).toMatchObject({ count: 1 });
    const { sequences } = (await desk.as<SequencesPage>('ada', 'GET', '/dead-letters/sequences?cause=mapping.currency-unmapped')).body;
    expect(sequences).toMatchObject([{ sequence: 'pi-again', replays: 1, headAssignee: null }]);
    expect((await preview('ada', { action: 'replay', scope: 'query', query: { again: true } })).body.letters).toBe(1);
  });
});

describe('files of the desk', () => {
  const file = async (who: Who, path: string): Promise<string[]> => (await desk.text(who, path)).split('\r\n').slice(0, -1);

  it('have every row, are safe from formulas, and hold what whoever asks may see', async () => {
    await desk.bury(aRequest('formula', { sequence: '=cmd|calc', amount: { minor: 1_050n, currency: 'USD' } }));
    const sequences = await file('ada', '/dead-letters/sequences.csv');
    expect(sequences[0]).toContain('failed replays');
    expect(sequences.find((line) => line.includes('cmd|calc'))).toMatch(/'=cmd\|calc/);
    expect(sequences.at(-1)).toMatch(/"?end of the list"?/);
    const causes = await file('ada', `/dead-letters/causes.csv?held=false&cause=kinetic.period-closed`);
    expect(causes).toHaveLength(3);
    expect(causes[1]).toContain('kinetic.period-closed');
    const orders = await file('ada', '/dead-letter-orders.csv?state=done');
    expect(orders.filter((line) => line.includes('entered by hand'))).toHaveLength(1);
    for (const path of ['/dead-letters/sequences.csv', '/dead-letters/causes.csv', '/dead-letter-orders.csv'])
      expect([path, (await file('far', path)).join()]).toEqual([path, expect.not.stringContaining(target)]);
  });
});
