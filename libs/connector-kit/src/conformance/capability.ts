import type { ErpConnector } from '../erp-connector.js';
import type { ErpConnectorHarness, KindHarness, Role } from './harness.js';

/** What a connector and its harness need so that the cases of a capability can run. */
export interface CapabilityNeeds {
  readonly text: string;
  /** Methods of the port; a connector that has one declares the capability. */
  readonly methods?: readonly (keyof ErpConnector)[];
  readonly harness?: readonly (keyof ErpConnectorHarness)[];
  /** Parts of the harness of each kind, by role. */
  readonly kinds?: Readonly<Partial<Record<Role, readonly (keyof KindHarness)[]>>>;
}

const named: CapabilityNeeds = {
  text: 'batches whose id we choose: opened idempotently, released once, looked at',
  methods: ['openBatch', 'releaseBatch', 'batchState', 'batchOf'],
  harness: ['batches', 'newBatchId'],
};

/** Everything that a connector can promise, in the order of the suite. */
export const capabilities = {
  declaration: { text: 'what the connector says about itself; always checked' },
  'create-once': { text: 'a document is created once per posting key' },
  'versioned-upsert': {
    text: 'master data is matched, created or changed, and never overwritten by ensure',
    kinds: { master: ['field', 'active'] },
  },
  'lined-documents': { text: 'documents of several rows' },
  'half-documents': { text: 'a half document is reported as such and finished line by line' },
  discard: { text: 'a document that is not released is deleted with its lines', methods: ['discard'] },
  'look-ups': { text: 'not there, no answer and several are told apart', kinds: { entry: ['duplicate'], lined: ['duplicate'] } },
  'lists-and-marks': {
    text: 'all documents with a mark of ours are listed',
    methods: ['list', 'marksOf'],
    kinds: { entry: ['duplicate'], lined: ['duplicate'] },
  },
  'batches-named': named,
  'batches-assigned': {
    text: 'the ERP gives each document a batch of its own, which a second call releases',
    methods: ['releaseBatch', 'batchState', 'batchOf', 'batchIdOf'],
    harness: ['batches'],
  },
  'batches-none': { text: 'a saved document is in the ledger' },
  periods: { text: 'fiscal periods, and documents that move out of a closed one', methods: ['periods', 'postingDateOf', 'movedTo'] },
  'closed-period': { text: 'a date in a closed period is refused' },
  'period-refusal': { text: 'a refusal says whether it is about a closed period', kinds: { master: ['invalid'] } },
  'ledger-reads': { text: 'amount, currency and release of a document are read back', methods: ['read'] },
  clearing: { text: 'the bank account that a payment was booked to', harness: ['bankAccount', 'bankCurrency', 'foreignCurrency'] },
  effect: { text: 'the entries of a document in the general ledger' },
  'trial-balance': { text: 'sums per account and currency', methods: ['trialBalance'] },
  errors: { text: 'refused, unreachable, unauthorised and rejected are told apart' },
  validation: { text: 'a broken rule is rejected with code, field and text', kinds: { master: ['invalid'] } },
  throttling: { text: 'no capacity says how long to wait' },
  conflicts: { text: 'a row that somebody else changed stays as it is' },
  'lost-answers': { text: 'stored and unanswered is unknown' },
  'slow-answers': { text: 'slow, silent and given up calls' },
  secrets: { text: 'no secret in an outcome, an error or a described call' },
  amounts: { text: 'amounts arrive digit by digit', kinds: { entry: ['amount'] } },
  'text-limits': { text: 'a text arrives whole or is refused, never cut', kinds: { master: ['text'] } },
  'described-calls': { text: 'a described call is the call that is made', methods: ['describeCall'], harness: ['sent'] },
} as const satisfies Readonly<Record<string, CapabilityNeeds>>;

/** A part of the port that a connector promises and the suite checks. */
export type Capability = keyof typeof capabilities;

/** The needs of a capability, typed alike for all. */
export const needsOf = (capability: Capability): CapabilityNeeds => capabilities[capability];
