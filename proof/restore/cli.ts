import { isDeepStrictEqual } from 'node:util';
import { commandOptions } from '../options.js';
import { currentCommit } from '../rebuild/results.js';
import { postgresPrograms } from './programs.js';
import { machineOf, writeRun } from './results.js';
import type { Measured } from './results.js';
import { asItShouldBe, RestoreWalk } from './walk.js';
import type { Ending } from './walk.js';

const { payments = 200, record } = commandOptions({ payments: 'number', record: 'flag' });
const programs = postgresPrograms();
if (programs === undefined) {
  console.error(
    'This machine has no PostgreSQL with pg_dump and pg_restore beside its server (package postgresql), so no restore is walked.',
  );
  process.exitCode = 3;
} else await main(programs);

async function main({ folder, version }: NonNullable<typeof programs>): Promise<void> {
  const measured: Measured[] = [];
  const survived: string[] = [];
  const onMeasured = (one: Measured): void => {
    measured.push(one);
    console.log(`  ${one.what}: ${(one.tookMs / 1_000).toFixed(1)} s`);
  };
  const judge = (what: string, ending: Ending): void => {
    const isRight = isDeepStrictEqual(ending, asItShouldBe(ending.receipts.different));
    console.log(`${what}: ${isRight ? 'nothing lost, nothing twice' : `NOT as it should be: ${JSON.stringify(ending)}`}`);
    if (isRight) survived.push(what);
    else process.exitCode = 1;
  };
  const walk = await RestoreWalk.start({ programs: folder, payments, name: 'restore-cli', onMeasured });
  try {
    judge('database lost, its backup older than topics and ledger', await walk.databaseLost());
    judge('topics older than the database', await walk.topicsLost('copy'));
    judge('topics lost', await walk.topicsLost('nothing'));
    const run = {
      commit: currentCommit(),
      date: new Date().toISOString().slice(0, 10),
      machine: machineOf(version),
      payments,
      measured,
      survived,
    };
    const file = writeRun(run, !record);
    console.log(`kept in ${file.slice(file.indexOf('proof/'))}`);
  } finally {
    await walk.stop();
  }
}
