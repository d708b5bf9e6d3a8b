import { errorCodeOf } from '@tributary/domain';
import { Published, startPod } from './harness.js';
import { aReceipt, asked } from './makers.js';
import { RemoteErp } from './remote-erp.js';

/**
 * One pod in a process of its own that stops itself (SIGSTOP) at STOP_AT while it posts ch_1 or releases its batch, and tells its parent
 * how that ended once it was woken. Started by zombie.int-spec.ts.
 */
const { DATABASE_URL = '', ERP_URL = '', STOP_AT = '', ERP_LEASE_MS = '' } = process.env;
const erp = new RemoteErp(ERP_URL);
const pod = await startPod(DATABASE_URL, erp, new Published(), { ERP_LEASE_MS });

function reached(point: string): void {
  if (point !== STOP_AT) return;
  process.kill(process.pid, 'SIGSTOP');
}
erp.onPoint = reached;
const { ledger, batches } = pod;
const [arrive, tick] = [ledger.arrive.bind(ledger), batches.tick.bind(batches)];
ledger.arrive = async (request) => {
  const stepped = await arrive(request);
  reached('claimed');
  return stepped;
};
batches.tick = async (batchId) => {
  const stepped = await tick(batchId);
  if (stepped.effect === 'release') reached('release-claimed');
  return stepped;
};

let ended = 'done';
try {
  if (STOP_AT.startsWith('release')) {
    for (const batchId of await batches.candidates(10)) await pod.releaser.process(batchId, new AbortController().signal);
  } else await pod.poster.handle(asked(aReceipt('ch_1')), new AbortController().signal);
} catch (error) {
  ended = errorCodeOf(error);
}
process.send?.({ ended });
await pod.close();
process.disconnect();
