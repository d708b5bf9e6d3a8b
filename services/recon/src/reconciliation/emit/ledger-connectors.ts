import type { ErpConnector } from '@tributary/connector-kit';

/** Injection token: target -> connector, for every target whose ledger is read. */
export const LEDGER_CONNECTORS = Symbol('LedgerConnectors');
/** Connectors of the ledgers that are read, by target. */
export type LedgerConnectors = ReadonlyMap<string, ErpConnector>;
