import type { Victim } from './plan.js';
import type { ChaosSystem } from './system.js';

const services: readonly Victim[] = ['ingest', 'transform', 'erp-sink', 'erp-sink-b', 'recon'];
/** Metrics that show where messages wait. */
const telling = /^tributary_\w*(lag|held|paused|parked|blocked|breaker|dead_letter|rejected|restart|rebalance|replaced)\w*|^consumer_lag/;

/**
 * State of every service while the failed system still runs: health, lags and pauses, stages of recon, open postings and batches of the
 * sink. It is for whoever reads the failure; nothing in it is checked.
 */
export async function diagnosis(system: ChaosSystem): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const ask = async (name: string, service: Victim, path: string, read: (text: string) => unknown): Promise<void> => {
    try {
      const response = await system.ask(service, path, 5_000);
      found[name] = read(await response.text());
    } catch (error) {
      found[name] = `no answer: ${String(error)}`;
    }
  };
  for (const service of services) {
    await ask(`${service} health`, service, '/ready', (text) => JSON.parse(text) as unknown);
    await ask(`${service} metrics`, service, '/metrics', (text) =>
      text.split('\n').filter((line) => telling.test(line) && !line.endsWith(' 0')),
    );
  }
  await ask('stages', 'recon', '/stages', (text) => JSON.parse(text) as unknown);
  await ask('postings', 'erp-sink', '/postings?limit=500', (text) => unfinished(JSON.parse(text)));
  await ask('batches', 'erp-sink', '/batches?limit=200', (text) => unfinished(JSON.parse(text)));
  return found;
}

/** The unfinished entries of a list, or of the lists in an object. */
function unfinished(answer: unknown): unknown {
  const lists = Array.isArray(answer) ? [answer] : Object.values(answer as object).filter(Array.isArray);
  return lists.flat().filter((one: unknown) => !['posted', 'released'].includes(String((one as { state?: unknown }).state)));
}
