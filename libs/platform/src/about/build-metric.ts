import { fileURLToPath } from 'node:url';
import { Gauge } from 'prom-client';
import { metricsRegistry } from '../metrics.js';
import { buildInfo } from './build-info.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** Tells scrapers and the doctor of an installation which release this process is of: `tributary_build_info`, always 1. */
export function tellBuild(service: string): void {
  const { version, commit } = buildInfo(root);
  metricsRegistry.removeSingleMetric('tributary_build_info');
  new Gauge({
    name: 'tributary_build_info',
    help: 'Release that runs: its version, and its commit where it is known',
    labelNames: ['service', 'version', 'commit'],
    aggregator: 'first', // workers are of one release
    registers: [metricsRegistry],
  }).set({ service, version, commit: commit ?? '' }, 1);
}
