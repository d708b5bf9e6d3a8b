export { startStack } from './start-stack.js';
export { uniqueName } from './stack-types.js';
export type { BrokerHandle, Stack, StackOptions } from './stack-types.js';
export { StackError } from './stack-error.js';

// The same processes, one by one, for the stack of `npm start` (tools/stack).
export { ensureAvroJar, ensureKafkaJars, ensureRegistryJar, javaCommand } from './artifacts.js';
export { chromiumFlags, chromiumPath } from './chromium.js';
export { Child } from './child.js';
export type { ChildOptions, Exit } from './child.js';
export { EmulatorProcess } from './emulator-process.js';
export { guard } from './guard.js';
export { kafkaReady, startKafkaNode } from './kafka.js';
export type { KafkaNode, KafkaOptions } from './kafka.js';
export { clusterOf, createTopics } from './kafka-wire.js';
export { withLock } from './lock.js';
export { allocator, heapFlags, serviceFlags, programFlags } from './memory-flags.js';
export { freePorts } from './ports.js';
export { ServiceProcess } from './service-process.js';
export type { ServiceProcessOptions } from './service-process.js';
export { passableDataFolder } from './postgres-programs.js';
export { databaseUrlOf, postgresReady, startPostgres, stopPostgres } from './postgres.js';
export type { PostgresOptions } from './postgres.js';
export { identityOf, isAlive, processesMarked, signalProcess } from './process-identity.js';
export type { ProcessIdentity } from './process-identity.js';
export { registryReady, registryUrlOf, startRegistry } from './registry.js';
export type { RegistryOptions } from './registry.js';
export { cacheDir, workspaceRoot } from './workspace.js';
export { copyWorkspace } from './workspace-copy.js';

// Identity: who calls the services' APIs.
export { apiToken, identityFolder, tokenFileName, withToken } from './identity/api-token.js';
export { callApi } from './identity/call-api.js';
export { CertificateError } from './identity/call-certificates.js';
export type { TokenVariables } from './identity/api-token.js';
export { issuers, keyFile, makeKeyFiles, publicKeysFile, writeSecretFile } from './identity/key-files.js';
export type { Issuer } from './identity/key-files.js';
export { localAdmin, localRoles, makeLocalIdentity, readTerms, signLocalToken } from './identity/local-token.js';
export type { LocalRole, LocalTokenTerms } from './identity/local-token.js';
export { makeSealKeys, sealing, sealKeysFile, sealVariables } from './identity/seal-keys.js';
export { makePayloadKeys, payloadKeysFile, payloadVariablesOf } from './identity/payload-keys.js';
// Answers beside the OpenAPI documents.
export { answerCheck } from './openapi/answer-check.js';
export type { GivenAnswer } from './openapi/answer-check.js';
export { misfitsOfReads } from './openapi/asked-reads.js';
export type { ReadRequest } from './openapi/asked-reads.js';
export { columnsHolding } from './scan-database.js';
export type { ScanQuery } from './scan-database.js';
export { serviceIdentity } from './identity/service-identity.js';
export type { ServiceIdentityOptions } from './identity/service-identity.js';
