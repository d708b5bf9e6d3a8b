export { buildInfo } from './about/build-info.js';
export type { BuildInfo } from './about/build-info.js';
export { schemaVersionOf, serviceSettings } from './about/service-settings.js';
export type { AboutService } from './about/service-settings.js';
export { BackgroundLoop } from './background-loop.js';
export type { BackgroundLoopOptions } from './background-loop.js';
export { BackgroundWorker } from './background-worker.js';
export {
  allowedHostsEnvironment,
  commonEnvironment,
  ConfigurationError,
  databaseEnvironment,
  describeConfig,
  kafkaConsumerEnvironment,
  kafkaEnvironment,
  ladderEnvironment,
  listenOn,
  loadConfig,
  summariseConfig,
} from './config.js';
export type { DescribedVariable, HttpAddress } from './config.js';
export { guardAnswers } from './outbound/guarded-answers.js';
export { createEgressFetch, EgressRefusedError, EgressTooLateError } from './egress.js';
export { refusePlainHttp } from './outbound/plain-http.js';
export { EgressAnswerTooLargeError, largestAnswerBytes } from './outbound/limited-answer.js';
export { isInternalAddress } from './internal-address.js';
export type { EgressOptions, Permit, ResolvedAddress } from './egress.js';
export { answerHeaders, answerHeadersOf } from './http/response-headers.js';
export { requestLogName } from './http/request-log.js';
export { secureHttp } from './http/secure-http.js';
export * from './identity/index.js';
export { guardJsonBodies, defaultHttpLimits, httpAdapter } from './http/http-server.js';
export type { HttpLimits } from './http/http-server.js';
export { JsonKeys, maxJsonDepth, nextHash } from './http/json-keys.js';
export { findJsonTextFault } from './http/json-text.js';
export type { JsonTextFault } from './http/json-text.js';
export { HEALTH_PROBES, HealthController, HealthModule } from './health.js';
export type { HealthOptions, HealthProbe } from './health.js';
export { kafkaConnectionOf, listOf } from './kafka-connection.js';
export type { KafkaConnectionConfig, KafkaConnectionOptions, KafkaLog } from './kafka-connection.js';
export { FactSeals } from './seals/fact-seals.js';
export { hmacSha256 } from './seals/hmac-sha256.js';
export type { FactSealsOptions, SealedParts, SealRefusal } from './seals/fact-seals.js';
export { parseKeyList } from './key-list.js';
export type { KeyListRules, NamedKey } from './key-list.js';
export { LOG_LEVEL_AUDIT, logLevelAuditAtRecon } from './log-level-audit.js';
export type { LogLevelAudit, LogLevelDeed, LogLevelDetails } from './log-level-audit.js';
export { LogLevelController } from './log-level.controller.js';
export { parseLogLevels } from './configured-log-levels.js';
export { logLevels, longestLogLevelMinutes, runningLogLevel } from './log-level.js';
export { createLogger, NestLogger } from './logger.js';
export { redactSecrets } from './redaction.js';
export { createMessagingMetrics, messagingMetrics } from './messaging-metrics.js';
export type { MessagingMetricsAdapter } from './messaging-metrics.js';
export { counter, durationHistogram, gauge, metricsRegistry, observedGauge } from './metrics.js';
export { connectOrExit, PublisherLifecycle } from './publisher.lifecycle.js';
export type { ManagedPublisher } from './publisher.lifecycle.js';
export * from './openapi/index.js';
export { drainDeadlineMs, runService } from './run-service.js';
export type { ServiceOptions } from './run-service.js';
export { secretSource } from './secret-source.js';
export type { SecretSource } from './secret-source.js';
export type { SecretPlace } from './secret-source.js';
export { optionalSecret, requiredSecret, requiringSecrets, secretVariables } from './secret-variables.js';
export type { SecretVariables } from './secret-variables.js';
export { startTracing } from './tracing.js';
export type { Tracing } from './tracing.js';
export { runChecks } from './installation/checks.js';
export type { Check } from './installation/checks.js';
export { clockFindings, clockHere, clockOff, notingClock } from './installation/clock-here.js';
export type { ClockHere } from './installation/clock-here.js';
export { installationCodes } from './installation/installation-codes.js';
export type { InstallationCode } from './installation/installation-codes.js';
export { anchorOf, connectionFinding, found, foundAtTarget } from './installation/installation-finding.js';
export type { InstallationFinding, InstallationPart } from './installation/installation-finding.js';
export { partCheck } from './installation/part-check.js';
export { certificateEnds, certificateWarningMs } from './outbound/certificate-end.js';
export type { CertificateEnd } from './outbound/certificate-end.js';
export { erpConnectionEnvironment, erpConnectionOf } from './outbound/erp-connection.config.js';
export { erpOauthEnvironment, hasErpOauth, erpOauthOf } from './outbound/erp-oauth.config.js';
export type { ErpOauth } from './outbound/erp-oauth.config.js';
export { RefreshTokenFile } from './outbound/refresh-token-file.js';
export type { KeptSignIn } from './outbound/refresh-token-file.js';
export { erpFetch } from './outbound/erp-fetch.js';
export { observeExchanges } from './outbound/observed-exchanges.js';
export { maskCardDigits } from './outbound/guarded-answers.js';
export type { OutboundConnection } from './outbound/outbound-connection.js';
export { connectionFault, connectionProblem } from './transport/connection-problem.js';
export type { ConnectionFault } from './transport/connection-problem.js';
export { certificateProblem, serviceFetchOf, serviceProblem } from './transport/service-fetch.js';
export type { ServiceTlsConfig } from './transport/service-tls.environment.js';
export type { ServerTls } from './http/server-tls.js';
export { registryFetchOf } from './transport/registry-access.js';
export { tlsMaterialSource } from './outbound/outbound-connection.js';
export { databaseFilesOf } from './transport/database.environment.js';
export type { DatabaseSecurityConfig } from './transport/database.environment.js';
