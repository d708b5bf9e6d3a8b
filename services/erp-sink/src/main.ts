import 'reflect-metadata';
import { runService } from '@tributary/platform';
import { connectorFor } from './connectors.js';
import { loadErpSinkConfig } from './erp-sink.config.js';
import { erpSinkService } from './erp-sink.service.js';

await runService(() => {
  const config = loadErpSinkConfig(process.env);
  return erpSinkService(config, connectorFor(config.ERP_KIND, process.env));
});
