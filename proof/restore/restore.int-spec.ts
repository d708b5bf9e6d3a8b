import { execFileSync } from 'node:child_process';
import { workspaceRoot } from '@tributary/local-stack';
import { postgresPrograms } from './programs.js';
import type { Measured } from './results.js';
import { asItShouldBe, RestoreWalk } from './walk.js';

/** The short form of `npm run proof:restore`: the first of its three disasters. Where there is no pg_dump nothing can be walked; the name of what is skipped says so. */
const programs = postgresPrograms();
const walked = programs === undefined ? describe.skip : describe;
const payments = 10;

walked('the runbook of backup and restore, walked with pg_dump and pg_restore of this machine', () => {
  let walk: RestoreWalk;
  const measured: Measured[] = [];

  beforeAll(async () => {
    execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot });
    walk = await RestoreWalk.start({
      programs: programs?.folder ?? '',
      payments,
      name: 'restore-int-spec',
      onMeasured: (one) => measured.push(one),
    });
  }, 240_000);
  afterAll(async () => {
    await walk?.stop();
  }, 60_000);

  it('brings back a database that is lost: nothing is posted twice or lost, the trail is whole, people sign in as before', async () => {
    expect(await walk.databaseLost()).toEqual(asItShouldBe(payments * 2 + 3));
    expect(measured.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['backup', 'restore of the database', 'rebuild of the ledger']),
    );
  }, 300_000);
});
