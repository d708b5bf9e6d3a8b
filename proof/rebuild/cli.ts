import { topics } from '@tributary/contracts';
import { commandOptions } from '../options.js';
import { target } from './requests.js';
import { newRun, writeRun } from './results.js';
import type { Measured } from './results.js';
import { batchRowOf, ledgerRowsOf, messagesOf, pastOf, writeEmulatorState } from './seed.js';
import type { Done } from './seed.js';
import { World } from './world.js';

const perCustomer = 5;
const messagesAtOnce = 5_000;
const rowsAtOnce = 2_000;
/** Cross-references that are taken away before they are rebuilt. */
const forgotten = 1_000;

interface LedgerResult {
  readonly before: { readonly digest: string };
  readonly after: { readonly digest: string; readonly postings: number };
  readonly topics: { readonly records: number; readonly resumed: number };
  readonly erp: { readonly listed: number };
  readonly found: { readonly topics: number; readonly adopted: number };
  readonly conflicts: readonly unknown[];
  readonly tookMs: number;
  readonly maxRssMiB: number;
}
interface XrefResult {
  readonly expected: number;
  readonly missing: number;
  readonly different: number;
  readonly after: { readonly digest: string };
  readonly tookMs: number;
  readonly maxRssMiB: number;
}

const { postings = 100_000, record } = commandOptions({ postings: 'number', record: 'flag' });
await main(Math.floor(postings / perCustomer), record);

async function main(customers: number, record: boolean): Promise<void> {
  const postings = customers * perCustomer;
  const world = await World.start('cli', (folder) => writeEmulatorState(folder, pastOf(customers)));
  try {
    console.log(`seeding ${postings} postings: requests, outcomes and cross-references, documents, ledger`);
    await world.commands.sink('digest'); // makes the schema
    await seed(world, customers);
    const { ledger, xref } = await world.commands.sink<{ ledger: { digest: string }; xref: { digest: string } }>('digest');
    console.log(`ledger ${ledger.digest}\nxref   ${xref.digest}`);
    const measured: Measured[] = [];
    let file = '';
    const keep = (one: Measured): void => {
      measured.push(one);
      file = writeRun(newRun(postings, postings, measured), !record); // after each: what was measured stays
      console.log(
        `${one.what}: ${(one.tookMs / 1_000).toFixed(1)} s, ${one.maxRssMiB} MiB, digest ${one.before === one.after ? 'equal' : 'NOT EQUAL'}; ${one.says}`,
      );
    };
    keep(await ledgerOf(world, 'posting ledger, PostgreSQL lost', ledger.digest));
    await world.loseLedger();
    const killed = await world.commands.run(['ledger'], { killAt: /target: \d+/ });
    if (killed.code !== null) throw new Error(`the run to be killed ended by itself with ${killed.code}: ${killed.stderr}`);
    keep(await ledgerOf(world, 'the same, killed -9 while it asks the ERP, and run again', ledger.digest, false));
    keep(await xrefOf(world, xref.digest));
    console.log(`kept in ${file.slice(file.indexOf('proof/'))}`);
    if (measured.some(({ before, after }) => before !== after)) process.exitCode = 1;
  } finally {
    await world.stop();
  }
}

async function ledgerOf(world: World, what: string, before: string, lose = true): Promise<Measured> {
  if (lose) await world.loseLedger();
  const { after, topics: read, erp, found, conflicts, tookMs, maxRssMiB } = await world.commands.sink<LedgerResult>('ledger');
  return {
    what,
    records: read.records,
    resumed: read.resumed,
    tookMs,
    maxRssMiB,
    before,
    after: after.digest,
    says: `${after.postings} postings, ${found.topics} with a document in the topics, ${erp.listed} documents listed by the ERP, ${found.adopted} adopted, ${conflicts.length} conflicts`,
  };
}

async function xrefOf(world: World, before: string): Promise<Measured> {
  const ids = Array.from({ length: forgotten }, (_, n) => `ch_r${String(n).padStart(6, '0')}_0`);
  await world.forgetCrossReferences(topics.xrefDocument, ids);
  const { expected, missing, different, after, tookMs, maxRssMiB } = await world.commands.sink<XrefResult>('xref');
  return {
    what: `cross-references, ${forgotten} of them taken away`,
    records: expected,
    resumed: 0,
    tookMs,
    maxRssMiB,
    before,
    after: after.digest,
    says: `${expected} by the ledger, ${missing} published because they were missing, ${different} because they were different`,
  };
}

async function seed(world: World, customers: number): Promise<void> {
  let past: Done[] = [];
  const batches = new Map<string, object>();
  const flush = async (): Promise<void> => {
    await Promise.all([
      world.publisher.publish(past.flatMap(messagesOf)),
      insert(
        world,
        'posting',
        past.map((done) => ledgerRowsOf(done).posting),
      ).then(() =>
        insert(
          world,
          'outcome',
          past.map((done) => ledgerRowsOf(done).outcome),
        ),
      ),
    ]);
    past = [];
  };
  for (const done of pastOf(customers)) {
    past.push(done);
    if (done.batchId !== null && !batches.has(done.batchId)) batches.set(done.batchId, batchRowOf(done));
    if (past.length >= messagesAtOnce / perCustomer) await flush();
  }
  await flush();
  await insert(world, 'batch', [...batches.values()]);
  console.log(`seeded: ${batches.size} batches of ${target}`);
}

/** What a column is not given has its default. */
async function insert(world: World, table: 'posting' | 'outcome' | 'batch', rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce);
    const columns = Object.keys(some[0] as object).join(', ');
    await world.rows(
      `insert into erp_sink.${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::erp_sink.${table}, $1::jsonb)`,
      [JSON.stringify(some)],
    );
  }
}
