import type { BatchState, ErpBatch, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { KineticClient } from './kinetic-client.js';
import { lastRow, odataText } from './kinetic-dataset.js';
import type { KineticConfig } from './kinetic.config.js';
import { KineticRefusedError, KineticSilentError } from './kinetic-errors.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';

const groups = 'Erp.BO.CashGrpSvc';
const posting = 'Erp.PROC.CashRecPostSvc';
/** How often the state is read while the task agent posts, ms. */
const pollMs = 500;

/** Cash groups: entered, then posted as a whole. Source: docs/reference/epicor-kinetic.md sections 1, 6.5 and 7. */
export class KineticBatches {
  constructor(
    private readonly client: KineticClient,
    private readonly config: KineticConfig,
  ) {}

  /** Makes sure that the group exists and takes receipts. */
  async open(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    const existing = await this.group(batch.batchId, signal);
    if (existing) return usable(existing, batch);
    const defaults = lastRow(await this.client.read(`${groups}/GetNewCashGrp`, { input: { ds: {} } }, signal), 'CashGrp');
    const row = { ...defaults, GroupID: batch.batchId, TranDate: `${batch.date}T00:00:00`, BankAcctID: batch.partition, RowMod: 'A' };
    try {
      await this.client.write(`${groups}/Update`, { ds: { CashGrp: [row] } }, signal);
    } catch (error) {
      // 409: another worker opened the same group first.
      if (!(error instanceof KineticRefusedError) || error.status !== 409) throw error;
    }
    return { kind: 'posted', reference: groupReference(batch.batchId) };
  }

  /**
   * Posts the group. Only a look-up tells the result: RunDirect answers without it, and the agent goes on after its call. A group that is
   * posted already is not posted again.
   */
  async release(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    const before = await this.state(batch.batchId, signal);
    if (before.state === 'posted') return { kind: 'posted', reference: groupReference(batch.batchId) };
    if (before.state === 'absent') return { kind: 'skipped', text: `group ${batch.batchId} is not in Kinetic and has no receipts` };
    if (before.state !== 'posting') await this.run(batch.batchId, signal);
    return this.end(batch.batchId, before.text, signal);
  }

  private async run(groupId: string, signal: AbortSignal): Promise<void> {
    const parameters = lastRow(await this.client.read(`${posting}/GetNewParameters`, { query: {} }, signal), 'CashRecPostParam');
    const ds = { CashRecPostParam: [{ ...parameters, GroupID: groupId }] };
    if (this.config.posting === 'direct') await this.client.write(`${posting}/RunDirect`, { ds }, signal);
    else
      await this.client.write(
        `${posting}/SubmitToAgent`,
        { ds, agentID: this.config.agentId, agentSchedNum: 0, agentTaskNum: 0, maintProgram: 'Erp.UIRpt.CashRecPost' },
        signal,
      );
  }

  /** Waits for the result of a posting that was started. Without an answer the outcome is `unknown`: the group may be posted at any moment. */
  private async end(groupId: string, logBefore: string, signal: AbortSignal): Promise<PostingOutcome> {
    for (;;) {
      let now: { readonly state: BatchState; readonly text: string };
      try {
        now = await this.state(groupId, signal);
      } catch (error) {
        throw error instanceof KineticRefusedError || error instanceof KineticSilentError
          ? new KineticSilentError(`posting group ${groupId}`, 'write', true, `started, its end could not be read: ${error.message}`, {
              cause: error,
            })
          : error;
      }
      if (now.state === 'posted') return { kind: 'posted', reference: groupReference(groupId) };
      // Somebody removed its last receipt meanwhile.
      if (now.state === 'absent') return { kind: 'skipped', text: `group ${groupId} is gone and has no receipts` };
      if (now.state === 'failed')
        return { kind: 'rejected', code: 'kinetic.posting-failed', field: 'CashGrp.PostErrorLog', text: now.text };
      if (now.state === 'open' && this.config.posting === 'direct')
        return {
          kind: 'rejected',
          code: 'kinetic.posting-failed',
          text: `group ${groupId} is still open after posting, without a reason${logBefore}; post it in Kinetic or have it released again`,
        };
      await pause(pollMs, signal, groupId);
    }
  }

  /**
   * The state of a group. A posted group leaves the list of groups (assumed), so its receipts tell; a listed group is `posting` while it is
   * locked for that, `failed` when its PostErrorLog has a text, else `open`.
   */
  async state(groupId: string, signal: AbortSignal): Promise<{ readonly state: BatchState; readonly text: string }> {
    const group = await this.group(groupId, signal);
    if (group && textOf(group.LockStatus) !== '') return { state: 'posting', text: textOf(group.LockStatus) };
    if (group && textOf(group.PostErrorLog) !== '') return { state: 'failed', text: textOf(group.PostErrorLog) };
    const receipts = await this.receiptsOfGroup(groupId, signal);
    if (receipts.any && !receipts.unposted) return { state: 'posted', text: '' };
    if (group) return { state: 'open', text: '' };
    return receipts.any
      ? { state: 'failed', text: `group ${groupId} is gone and left receipts that are not posted` }
      : { state: 'absent', text: '' };
  }

  /** Whether the group holds receipts, and whether one of them is not in the ledger yet. */
  private async receiptsOfGroup(groupId: string, signal: AbortSignal): Promise<{ readonly any: boolean; readonly unposted: boolean }> {
    const some = (more: string): Promise<KineticRow[]> =>
      this.client.rows(
        'Erp.BO.CashRecSvc',
        'CashRecs',
        { filter: `GroupID eq ${odataText(groupId)}${more}`, select: ['HeadNum'], orderBy: 'HeadNum', top: 1 },
        signal,
      );
    const unposted = (await some(' and Posted eq false')).length > 0;
    return { unposted, any: unposted || (await some('')).length > 0 };
  }

  private async group(groupId: string, signal: AbortSignal): Promise<KineticRow | undefined> {
    // NoLock: reading must not lock the group for our user.
    return lastRow(await this.client.read(`${groups}/GetByIDNoLock`, { query: { groupID: groupId } }, signal), 'CashGrp');
  }
}

function usable(group: KineticRow, batch: ErpBatch): PostingOutcome {
  const [date, bank] = [textOf(group.TranDate).slice(0, 10), textOf(group.BankAcctID)];
  if (date !== batch.date || bank !== batch.partition)
    return {
      kind: 'rejected',
      code: 'kinetic.group-mismatch',
      field: 'CashGrp.GroupID',
      text: `group ${batch.batchId} exists in Kinetic for ${bank} on ${date}, not for ${batch.partition} on ${batch.date}; post or delete that group in Kinetic, then replay`,
    };
  if (textOf(group.LockStatus) !== '') return { kind: 'conflict', text: `group ${batch.batchId} is being posted` };
  return { kind: 'posted', reference: groupReference(batch.batchId) };
}

function groupReference(groupId: string): ErpReference {
  return { GroupID: groupId };
}

function pause(ms: number, signal: AbortSignal, groupId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new KineticSilentError(`posting group ${groupId}`, 'write', true, 'started, not at its end in time'));
      },
      { once: true },
    );
  });
}
