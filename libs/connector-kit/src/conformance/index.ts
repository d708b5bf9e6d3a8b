export { describeErpConnector } from './describe-erp-connector.js';
export type { ConnectorVariant, DocumentChange, ErpConnectorHarness, Fault, KindHarness, Role, Step } from './harness.js';
