import { execFileSync } from 'node:child_process';
import { startStack, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { ErpServer } from './erp-server.js';
import { Published, startPod } from './harness.js';
import type { Pod } from './harness.js';
import { RemoteErp } from './remote-erp.js';

/** Lease of the workers, ms. */
export const leaseMs = 2_600;

/** What a spec of workers in processes of their own stands on: an ERP that they reach over HTTP, and the pod that takes over from them. */
export interface WorkerFixture {
  stack: Stack;
  erp: ErpServer;
  /** Address of the ERP. */
  url: string;
  heir: Pod;
  published: Published;
}

/** Builds, starts PostgreSQL once, and an ERP and an heir anew for each test; registers the hooks of the spec that calls it. */
export function workerFixture(): WorkerFixture {
  const here = {} as WorkerFixture;
  beforeAll(async () => {
    execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
    here.stack = await startStack({ postgres: true });
  }, 120_000);
  afterAll(async () => {
    await here.stack?.stop();
  });
  beforeEach(async () => {
    [here.erp, here.published] = [new ErpServer(), new Published()];
    here.url = await here.erp.start();
    here.heir = await startPod(here.stack.databaseUrl, new RemoteErp(here.url), here.published, { ERP_LEASE_MS: String(leaseMs) });
  });
  afterEach(async () => {
    await here.heir.database.query('truncate erp_sink.posting, erp_sink.outcome, erp_sink.batch');
    await here.heir.close();
    await here.erp.stop();
  });
  return here;
}
