export {
  commonEnvironment,
  ConfigurationError,
  databaseEnvironment,
  describeConfig,
  kafkaConsumerEnvironment,
  kafkaEnvironment,
  ladderEnvironment,
  loadConfig,
  summariseConfig,
} from './config.js';
export type { DescribedVariable } from './config.js';
export { createEgressFetch, EgressRefusedError, EgressTooLateError, isInternalAddress } from './egress.js';
export type { EgressOptions, Permit } from './egress.js';
export { HEALTH_PROBES, HealthController, HealthModule } from './health.js';
export type { HealthOptions, HealthProbe } from './health.js';
export { createLogger, NestLogger, withoutSecrets } from './logger.js';
export { counter, gauge, messagingMetrics, metricsRegistry, seconds } from './metrics.js';
export { drainDeadlineMs, runService } from './run-service.js';
export type { ServiceOptions } from './run-service.js';
export { startTracing } from './tracing.js';
export type { Tracing } from './tracing.js';
