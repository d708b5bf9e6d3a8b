export { capabilities } from './capability.js';
export type { Capability, CapabilityNeeds } from './capability.js';
export type { ConnectorDeclaration, KindDeclaration } from './declaration.js';
export { describeErpConnector } from './describe-erp-connector.js';
export { describeMutants, leastCaught } from './mutants/describe-mutants.js';
export { slowAnswerMs } from './harness.js';
export type { ConnectorVariant, DocumentChange, ErpConnectorHarness, Fault, KindHarness, Role, Step, TextHarness } from './harness.js';
