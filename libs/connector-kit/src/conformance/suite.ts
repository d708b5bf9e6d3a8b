import type { ErpBatch, ErpConnector, ErpDocument, ErpReference, PostingOutcome } from '../erp-connector.js';
import type { ErpConnectorHarness, ReceiptOf } from './harness.js';

/** What the parts of the suite share. */
export interface Suite {
  harness(): ErpConnectorHarness;
  /** A source id that no other case uses. */
  nextId(prefix: 'cus' | 'ch'): string;
}

/** Longest a case waits for the ERP, ms. */
const patienceMs = 20_000;
export const patience = (): AbortSignal => AbortSignal.timeout(patienceMs);

/** The reference of a document that has to be there now. */
export function referenceOf(outcome: PostingOutcome): ErpReference {
  if (outcome.kind !== 'posted' && outcome.kind !== 'updated')
    throw new Error(`expected a posted document, got ${JSON.stringify(outcome)}`);
  return outcome.reference;
}

export async function aPostedCustomer(suite: Suite): Promise<ErpReference> {
  const harness = suite.harness();
  return referenceOf(await harness.connector().post(harness.customer(suite.nextId('cus')), patience()));
}

export async function anOpenBatch(suite: Suite): Promise<ErpBatch> {
  const harness = suite.harness();
  const batch = aBatch(suite);
  referenceOf(await required(harness.connector(), 'openBatch')(batch, patience()));
  return batch;
}

export function aBatch(suite: Suite): ErpBatch {
  const harness = suite.harness();
  return { batchId: harness.newBatchId(), kind: 'cash-group', date: harness.openDate, bankAccount: harness.bankAccount };
}

/** A receipt that can be posted: its customer and its batch are there. */
export async function aReceipt(suite: Suite, of: Partial<ReceiptOf> = {}): Promise<ErpDocument> {
  const customer = of.customer ?? (await aPostedCustomer(suite));
  const batch = of.batch ?? (await anOpenBatch(suite));
  return suite.harness().receipt(suite.nextId('ch'), { ...of, customer, batch });
}

/** A method of the port that not every connector has, bound. */
export function required<M extends 'openBatch' | 'releaseBatch' | 'batchState' | 'read' | 'batchOf'>(
  connector: ErpConnector,
  method: M,
): NonNullable<ErpConnector[M]> {
  const found = connector[method];
  if (!found) throw new Error(`${connector.name} has no ${method}`);
  return found.bind(connector) as NonNullable<ErpConnector[M]>;
}
