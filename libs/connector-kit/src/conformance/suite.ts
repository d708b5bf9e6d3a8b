import type { ErpBatch } from '../erp-batch.js';
import type { ErpConnector } from '../erp-connector.js';
import type { ErpDocument, ErpReference } from '../erp-document.js';
import type { PostingOutcome } from '../posting-outcome.js';
import type { DocumentChange, ErpConnectorHarness, KindHarness } from './harness.js';

/** What the case files of the suite share. */
export interface Suite {
  harness(): ErpConnectorHarness;
  /** Kinds of each role, in the order in which they were declared. */
  readonly masters: readonly string[];
  readonly entries: readonly string[];
  readonly lined: readonly string[];
  /** A source id that no other case uses. */
  nextId(kind: string): string;
}

/** Longest a case waits for the ERP, ms. */
const patienceMs = 20_000;
/** A signal that aborts a call of the suite that takes too long. */
export const patience = (): AbortSignal => AbortSignal.timeout(patienceMs);

/** The reference of a document that has to be in the ERP now. */
export function referenceOf(outcome: PostingOutcome): ErpReference {
  if (outcome.kind !== 'posted' && outcome.kind !== 'updated')
    throw new Error(`expected a posted document, got ${JSON.stringify(outcome)}`);
  return outcome.reference;
}

/** The harness of a kind. @throws {Error} when the harness has none. */
export function kindOf(suite: Suite, kind: string): KindHarness {
  const found = suite.harness().kinds[kind];
  if (!found) throw new Error(`the harness has no documents of kind ${kind}`);
  return found;
}

/** A method of a kind's harness that not every kind has. */
export function needed<M extends 'invalid' | 'duplicate' | 'amount' | 'field' | 'active'>(
  suite: Suite,
  kind: string,
  method: M,
): NonNullable<KindHarness[M]> {
  const harness = kindOf(suite, kind);
  const found = harness[method];
  if (!found) throw new Error(`the harness of ${kind} has no ${method}`);
  return found.bind(harness) as NonNullable<KindHarness[M]>;
}

/** A valid document of any kind, for whose dependencies the ERP has what it needs. */
export function aDocument(suite: Suite, kind: string, change: DocumentChange = {}): Promise<ErpDocument> {
  if (suite.entries.includes(kind) || suite.lined.includes(kind)) return anEntry(suite, kind, change);
  return Promise.resolve(kindOf(suite, kind).valid(suite.nextId(kind), change));
}

/** A batch that is open in the ERP. @param kind of the documents in the batch; by default cash receipts. */
export async function anOpenBatch(suite: Suite, kind?: string): Promise<ErpBatch> {
  const harness = suite.harness();
  const batch = aBatch(suite, kind);
  referenceOf(await required(harness.connector(), 'openBatch')(batch, patience()));
  return batch;
}

/** A batch that is not opened yet. @param kind of the documents in the batch; by default cash receipts. */
export function aBatch(suite: Suite, kind?: string): ErpBatch {
  const harness = suite.harness();
  const own = kind === undefined ? undefined : harness.kinds[kind]?.batch;
  if (own) return { ...own, batchId: harness.newBatchId() };
  return { batchId: harness.newBatchId(), kind: 'cash-group', date: harness.openDate, partition: harness.bankAccount };
}

/** A document of the first kind of master data, posted. @returns its reference. */
export async function aPostedMaster(suite: Suite): Promise<ErpReference> {
  const [kind] = suite.masters;
  if (kind === undefined) throw new Error('no kind of master data is declared');
  return referenceOf(
    await suite
      .harness()
      .connector()
      .post(await aDocument(suite, kind), patience()),
  );
}

/** An entry that can be posted: its master document and its batch are in the ERP. */
export async function anEntry(suite: Suite, kind: string, change: DocumentChange = {}): Promise<ErpDocument> {
  const own = kindOf(suite, kind);
  const master = change.of ?? (await aPostedMaster(suite));
  const of = own.prepare ? { ...master, ...(await own.prepare(master)) } : master;
  const batch = change.batch ?? (await anOpenBatch(suite, kind));
  return own.valid(suite.nextId(kind), { ...change, of, batch });
}

/** A method of the port that not every connector has, bound. */
export function required<M extends 'openBatch' | 'releaseBatch' | 'batchState' | 'read' | 'batchOf' | 'discard'>(
  connector: ErpConnector,
  method: M,
): NonNullable<ErpConnector[M]> {
  const found = connector[method];
  if (!found) throw new Error(`${connector.name} has no ${method}`);
  return found.bind(connector) as NonNullable<ErpConnector[M]>;
}
