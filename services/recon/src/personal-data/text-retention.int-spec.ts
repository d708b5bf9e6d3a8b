import { connectAndMigrate } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { digestViews, viewTables } from '../rebuild/views-digest.js';
import { storeLetter, storePurchase } from '../testing/stored-purchase.js';
import type { StoredPurchase } from '../testing/stored-purchase.js';
import { columnsWith } from '../testing/stored-texts.js';
import { TextRetention } from './emit/text-retention.js';

let database: DataSource;
withReconDatabase((started) => (database = started));
beforeEach(async () => {
  await database.query('drop schema recon cascade');
  await connectAndMigrate(database);
});

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
const purchase = (name: string, days: number, change: Partial<StoredPurchase> = {}): StoredPurchase => ({
  ...{ name, customerId: 'cus_1', at: daysAgo(days), canary: `Ada-${name}`, result: 'posted' as const },
  ...change,
});
const purge = (): Promise<number> => new TextRetention(database, { days: 400, limit: 2 }).purge();
/** Where the views can hold a text about a person: written by hand from the migrations. */
const everywhere = [
  ...['dead_letter.headers', 'dead_letter.text', 'dead_letter.value', 'dead_letter_closure.text', 'document.lines', 'event.ignored_text'],
  ...['outcome.text', 'payment.customer_name', 'payment_news.reason', 'posting.text'],
];
/** The bytes of a dead letter have an age of their own. */
const bytes = ['dead_letter.headers', 'dead_letter.value'];

it('overwrites every text about a person of what is done for long, keeps amounts, ids and digest, and leaves the young alone', async () => {
  for (const one of [purchase('old', 401), purchase('young', 399)]) {
    await storePurchase(database, one);
    await storeLetter(database, one, true);
    expect(await columnsWith(database, 'recon', one.canary)).toEqual(everywhere);
  }
  const digest = await digestViews(database);
  expect(await purge()).toBe(3);
  expect(await columnsWith(database, 'recon', 'Ada-old')).toEqual(bytes);
  expect(await columnsWith(database, 'recon', 'Ada-young')).toEqual(everywhere);
  expect(await digestViews(database)).toEqual(digest);
  expect(await purge()).toBe(0);
  const [document] = await database.query<{ lines: object; effect: object[] }[]>(
    `select lines, effect from recon.document where request_id = 'req_old'`,
  );
  expect(document?.lines).toEqual([
    {
      table: 'InvcDtl',
      key: '1',
      fields: { LineDesc: '[deleted]', Note_c: '[deleted]', SellingShipQty: '2', DocUnitPrice: '147.145' },
    },
  ]);
  expect(document?.effect).toHaveLength(2);
  expect(await database.query(`select customer_id, customer_name, minor::text from recon.payment where charge_id = 'ch_old'`)).toEqual([
    { customer_id: 'cus_1', customer_name: '[deleted]', minor: '29429' },
  ]);
});

it('never touches what is open: not concluded, dead-lettered, or a payment that needs a person', async () => {
  await storePurchase(database, purchase('flying', 900, { result: undefined }));
  await storeLetter(database, purchase('dead', 900), false);
  await storePurchase(database, purchase('different', 900));
  await database.query(`update recon.capture set standing = 'needsPerson' where charge_id = 'ch_different'`);
  expect(await purge()).toBe(1); // the ignored event beside the dead letter
  expect(await columnsWith(database, 'recon', 'Ada-flying')).toEqual(['document.lines', 'payment.customer_name', 'payment_news.reason']);
  expect(await columnsWith(database, 'recon', 'Ada-dead')).toEqual(['dead_letter.headers', 'dead_letter.text', 'dead_letter.value']);
  expect(await columnsWith(database, 'recon', 'Ada-different')).toHaveLength(5);
});

it('overwrites again what comes later, and after the views were built anew', async () => {
  const old = purchase('old', 500);
  await storePurchase(database, old);
  await purge();
  await storePurchase(database, old);
  expect(await columnsWith(database, 'recon', old.canary)).toContain('payment.customer_name');
  expect(await purge()).toBe(1);
  const digest = await digestViews(database);
  await database.query(`truncate ${viewTables.map((table) => `recon.${table}`).join(', ')}`);
  await storePurchase(database, old);
  expect(await columnsWith(database, 'recon', old.canary)).toContain('document.lines');
  await purge();
  expect(await columnsWith(database, 'recon', old.canary)).toEqual([]);
  expect(await digestViews(database)).toEqual(digest);
});
