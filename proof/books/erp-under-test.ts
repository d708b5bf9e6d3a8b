import type { ErpConnector } from '@tributary/connector-kit';
import type { Golden } from './cell.js';

/** An account's sum in one currency, as the emulator tells it: numbers of the ERP, not ours. */
export interface LedgerBalance {
  readonly account: string;
  readonly currency: string;
  readonly debit: number;
  readonly credit: number;
}

/** What the emulator says about its general ledger: the answer of `GET /_control/ledger`. */
export interface EmulatorLedger {
  readonly trialBalance: readonly LedgerBalance[];
  /** One sentence for each rule that its books break: an entry out of balance, receivables that differ from open documents, ... */
  readonly brokenRules: readonly string[];
}

/** An emulated ERP in a process of its own, spoken to over HTTP like the real one. */
export interface ErpUnderTest {
  /** Brings it to what a cell is given. */
  reset(given: Golden['given']['erp']): Promise<void>;
  /** Forgets everything; all periods are open. */
  clear(): Promise<void>;
  /** A connector as erp-sink makes it, that reads effects. @param through its `fetch`. @param way one of {@link ErpKind.ways}. @param env variables of a cell. */
  connector(through: typeof fetch, way: string, env: Readonly<Record<string, string>>): ErpConnector;
  /** Lets the emulator itself go wrong at its next call. @param action of `PUT /_control/faults`. @returns what ends that, and says whether it did. */
  fault(action: object): Promise<() => Promise<boolean>>;
  /** Its general ledger, past the connector. */
  ledger(): Promise<EmulatorLedger>;
  /** Ends the process. */
  stop(): Promise<void>;
}

/** A call of the connector, before it leaves. */
export interface OutgoingCall {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  /** Body, when it is a text; otherwise empty. */
  readonly body: string;
}

/** What can go wrong in one ERP itself, beside what can happen to every call. The same books have to come out. */
export interface OwnFault {
  readonly name: string;
  /** What its emulator does: `action` of `PUT /_control/faults`. */
  readonly action: object;
  /** Whether it can happen to this call that writes. */
  hits(write: string): boolean;
}

/** A kind of ERP that cells are run in: one per file of `erps/`. */
export interface ErpKind {
  /** Value of ERP_KIND, and the name of its golden files. */
  readonly erp: string;
  /** In which ways documents can be written, the default first: each is proven with two cells. */
  readonly ways: readonly string[];
  /** Starts its emulator on a free port. @throws {Error} when it does not listen in time. */
  start(): Promise<ErpUnderTest>;
  /** The name of a call that writes, for people; undefined for a read. Faults hit calls that write. */
  writingCall(call: OutgoingCall): string | undefined;
  /** Without it only what can happen to every call is tried. */
  readonly ownFaults?: readonly OwnFault[];
  /** An account that the profile writes in parts, as the ledger shows it: `{acct, sub}` -> text. Without it every account is a text. */
  accountText?(parts: Readonly<Record<string, string>>): string | undefined;
}
