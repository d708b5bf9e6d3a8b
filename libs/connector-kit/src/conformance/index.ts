export { describeErpConnector } from './describe-erp-connector.js';
export type { ConnectorVariant, CustomerChange, ErpConnectorHarness, Fault, ReceiptOf, Step } from './harness.js';
