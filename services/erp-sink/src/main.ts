import 'reflect-metadata';
import { runService } from '@tributary/platform';
import { checkTarget } from '@tributary/target-registry';
import { connectorFor } from './connectors.js';
import { forEachTarget, loadServedTargets } from './erp-sink.config.js';
import { erpSinkService } from './erp-sink.service.js';

await runService(() => {
  const served = loadServedTargets(process.env);
  const sinks = forEachTarget(
    served,
    ({ config }) => config.ERP_TARGET,
    ({ config, env }) => {
      const connector = connectorFor(config.ERP_KIND, env);
      return { config, connector, check: (signal: AbortSignal) => checkTarget(config.ERP_KIND, env, {}, { signal, connector }) };
    },
  );
  return erpSinkService(sinks);
});
