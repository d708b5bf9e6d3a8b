import type { ErpBatch, ErpBatchMode } from '../erp-batch.js';
import type { ErpConnector } from '../erp-connector.js';
import type { ErpDocument, ErpReference } from '../erp-document.js';
import type { PostingOutcome } from '../posting-outcome.js';
import type { ConnectorDeclaration } from './declaration.js';
import type { ConnectorVariant, DocumentChange, ErpConnectorHarness, KindHarness } from './harness.js';

/** What the cases of the suite share. */
export interface Suite {
  readonly declaration: ConnectorDeclaration;
  harness(): ErpConnectorHarness;
  /** A source id that no other case uses. */
  nextId(kind: string): string;
}

/** Shorter than the time that a case waits, longer than an answer takes, ms. */
export const shortTimeoutMs = 1_000;
/** Longest a case waits for the ERP, ms. */
const patienceMs = 20_000;
/** A signal that aborts a call of the suite that takes too long. */
export const patience = (): AbortSignal => AbortSignal.timeout(patienceMs);

/** The connector under test. */
export const connectorOf = (suite: Suite, variant?: ConnectorVariant): ErpConnector => suite.harness().connector(variant);

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

/** A part of a kind's harness that not every kind has. */
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

/** The first declared kind with a role; undefined when there is none. */
export function kindWithRole(suite: Suite, role: string): string | undefined {
  return Object.entries(suite.declaration.kinds).find(([, declared]) => declared.role === role)?.[0];
}

/** How a kind is released, as it is declared. */
export const batchModeOf = (suite: Suite, kind: string): ErpBatchMode => suite.declaration.kinds[kind]?.batches ?? 'none';

/** A valid document of any kind, for whose dependencies the ERP has what it needs. */
export async function aDocument(suite: Suite, kind: string, change: DocumentChange = {}): Promise<ErpDocument> {
  if (suite.declaration.kinds[kind]?.role === 'master') return kindOf(suite, kind).valid(suite.nextId(kind), change);
  return kindOf(suite, kind).valid(suite.nextId(kind), { ...change, ...(await dependencies(suite, kind, change)) });
}

/** The master document and the batch that a document is for. */
export async function dependencies(
  suite: Suite,
  kind: string,
  change: Pick<DocumentChange, 'of' | 'batch'> = {},
): Promise<Pick<DocumentChange, 'of' | 'batch'>> {
  const own = kindOf(suite, kind);
  const master = change.of ?? (await aPostedMaster(suite));
  const of = own.prepare ? { ...master, ...(await own.prepare(master)) } : master;
  if (batchModeOf(suite, kind) !== 'named') return { of };
  return { of, batch: change.batch ?? (await anOpenBatch(suite, kind)) };
}

/** A document that is in the ERP, with its reference. */
export async function aPosted(
  suite: Suite,
  kind: string,
  change: DocumentChange = {},
): Promise<{ readonly document: ErpDocument; readonly reference: ErpReference }> {
  const document = await aDocument(suite, kind, change);
  return { document, reference: referenceOf(await connectorOf(suite).post(document, patience())) };
}

/** A batch that is open in the ERP. */
export async function anOpenBatch(suite: Suite, kind: string): Promise<ErpBatch> {
  const batch = aBatch(suite, kind);
  referenceOf(await required(connectorOf(suite), 'openBatch')(batch, patience()));
  return batch;
}

/** A batch that is not opened yet. */
export function aBatch(suite: Suite, kind: string): ErpBatch {
  const { newBatchId } = suite.harness();
  if (!newBatchId) throw new Error('the harness has no newBatchId');
  return { ...ownBatch(suite, kind), batchId: newBatchId() };
}

/** The batch that a document of the open date belongs to, without its id. */
export function ownBatch(suite: Suite, kind: string): Omit<ErpBatch, 'batchId'> {
  const { kinds, openDate, bankAccount = '' } = suite.harness();
  return kinds[kind]?.batch ?? { kind: 'cash-group', date: openDate, partition: bankAccount };
}

/** The batch that holds a posted document, as its release needs it. */
export function batchOfPosted(suite: Suite, document: ErpDocument, reference: ErpReference): ErpBatch {
  const connector = connectorOf(suite);
  const batch = required(connector, 'batchOf')(document);
  const named = batchModeOf(suite, document.kind) === 'named';
  const batchId = named ? document.batchId : required(connector, 'batchIdOf')(document.kind, reference);
  if (!batch || !batchId) throw new Error(`${document.postingKey} has no batch`);
  return { ...batch, batchId };
}

/** A document of the first kind of master data, posted. @returns its reference; empty for a connector without master data. */
export async function aPostedMaster(suite: Suite): Promise<ErpReference> {
  const kind = kindWithRole(suite, 'master');
  return kind === undefined ? {} : (await aPosted(suite, kind)).reference;
}

/** A method of the port that not every connector has, bound. */
export function required<
  M extends
    | 'openBatch'
    | 'releaseBatch'
    | 'batchState'
    | 'read'
    | 'batchOf'
    | 'batchIdOf'
    | 'discard'
    | 'list'
    | 'marksOf'
    | 'describeCall'
    | 'periods'
    | 'postingDateOf'
    | 'movedTo'
    | 'trialBalance',
>(connector: ErpConnector, method: M): NonNullable<ErpConnector[M]> {
  const found = connector[method];
  if (!found) throw new Error(`${connector.name} has no ${method}`);
  return found.bind(connector) as NonNullable<ErpConnector[M]>;
}
