import type { BatchState, ErpBatch, ErpBatchKind, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { GroupKind } from './groups/group-kind.js';
import { groupKinds } from './groups/index.js';
import type { KineticClient } from './kinetic-client.js';
import { lastRow, odataText } from './kinetic-dataset.js';
import type { KineticConfig } from './kinetic.config.js';
import { KineticRefusedError, KineticSilentError } from './kinetic-errors.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';

/** How often the state is read while the task agent posts, ms. */
const pollMs = 500;

/** Groups: documents are entered in them, then they are posted as a whole. Source: docs/reference/epicor-kinetic.md sections 1 and 6.4 to 7. */
export class KineticBatches {
  constructor(
    private readonly client: KineticClient,
    private readonly config: KineticConfig,
  ) {}

  /** Makes sure that the group exists and takes documents. */
  async open(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    const kind = groupKinds[batch.kind];
    const existing = await this.group(kind, batch.batchId, signal);
    if (existing) return usable(existing, batch, kind);
    const defaults = lastRow(await this.client.read(kind.newMethod, { input: { ds: {} } }, signal), kind.table);
    const row = { ...defaults, ...kind.columns(batch), RowMod: 'A' };
    try {
      await this.client.write(`${kind.service}/Update`, { ds: { [kind.table]: [row] } }, signal);
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
    const kind = groupKinds[batch.kind];
    const before = await this.state(batch.batchId, signal, batch.kind);
    if (before.state === 'posted') return { kind: 'posted', reference: groupReference(batch.batchId) };
    if (before.state === 'absent') return { kind: 'skipped', text: `group ${batch.batchId} is not in Kinetic and has no documents` };
    const parts = { client: this.client, config: this.config };
    const said = before.state === 'posting' ? '' : await kind.release(batch.batchId, parts, signal);
    return this.end(batch, said || before.text, signal);
  }

  /** Waits for the result of a posting that was started. Without an answer the outcome is `unknown`: the group may be posted at any moment. */
  private async end({ batchId: groupId, kind }: ErpBatch, said: string, signal: AbortSignal): Promise<PostingOutcome> {
    for (;;) {
      let now: { readonly state: BatchState; readonly text: string };
      try {
        now = await this.state(groupId, signal, kind);
      } catch (error) {
        throw error instanceof KineticRefusedError || error instanceof KineticSilentError
          ? new KineticSilentError(`posting group ${groupId}`, 'write', true, `started, its end could not be read: ${error.message}`, {
              cause: error,
            })
          : error;
      }
      if (now.state === 'posted') return { kind: 'posted', reference: groupReference(groupId) };
      // Somebody removed its last receipt meanwhile.
      if (now.state === 'absent') return { kind: 'skipped', text: `group ${groupId} is gone and has no documents` };
      if (now.state === 'failed')
        return { kind: 'rejected', code: 'kinetic.posting-failed', field: `${groupKinds[kind].table}.PostErrorLog`, text: now.text };
      if (now.state === 'open' && groupKinds[kind].isInline(this.config))
        return {
          kind: 'rejected',
          code: 'kinetic.posting-failed',
          text: `group ${groupId} is still open after posting, without a reason${said ? ` (${said})` : ''}; post it in Kinetic or have it released again`,
        };
      await pause(pollMs, signal, groupId);
    }
  }

  /**
   * The state of a group. A posted group leaves the list of groups (assumed), so its documents tell; a listed group is `posting` while it is
   * locked for that, `failed` when its PostErrorLog has a text, else `open`.
   * @param kind cash groups, when it is not known.
   */
  async state(
    groupId: string,
    signal: AbortSignal,
    kind: ErpBatchKind = 'cash-group',
  ): Promise<{ readonly state: BatchState; readonly text: string }> {
    const how = groupKinds[kind];
    const group = await this.group(how, groupId, signal);
    if (group && (textOf(group.LockStatus) !== '' || group.PostInProcess === true))
      return { state: 'posting', text: textOf(group.LockStatus) };
    if (group && textOf(group.PostErrorLog) !== '') return { state: 'failed', text: textOf(group.PostErrorLog) };
    const documents = await this.documentsOf(how, groupId, signal);
    if (documents.any && !documents.unposted) return { state: 'posted', text: '' };
    if (group) return { state: 'open', text: '' };
    return documents.any
      ? { state: 'failed', text: `group ${groupId} is gone and left documents that are not posted` }
      : { state: 'absent', text: '' };
  }

  /** Whether the group holds documents, and whether one of them is not in the ledger yet. */
  private async documentsOf(
    { documents }: GroupKind,
    groupId: string,
    signal: AbortSignal,
  ): Promise<{ readonly any: boolean; readonly unposted: boolean }> {
    const { service, entitySet, number } = documents;
    const some = (more: string): Promise<KineticRow[]> =>
      this.client.rows(
        service,
        entitySet,
        { filter: `GroupID eq ${odataText(groupId)}${more}`, select: [number], orderBy: number, top: 1 },
        signal,
      );
    const unposted = (await some(' and Posted eq false')).length > 0;
    return { unposted, any: unposted || (await some('')).length > 0 };
  }

  private group(kind: GroupKind, groupId: string, signal: AbortSignal): Promise<KineticRow | undefined> {
    return kind.read(groupId, { client: this.client, config: this.config }, signal);
  }
}

function usable(group: KineticRow, batch: ErpBatch, kind: GroupKind): PostingOutcome {
  const wanted = kind.columns(batch);
  const same = [kind.date, ...(kind.partition ? [kind.partition] : [])].every((name) => textOf(group[name]) === textOf(wanted[name]));
  if (!same) return mismatch(group, batch, kind);
  if (textOf(group.LockStatus) !== '') return { kind: 'conflict', text: `group ${batch.batchId} is being posted` };
  return { kind: 'posted', reference: groupReference(batch.batchId) };
}

function mismatch(group: KineticRow, batch: ErpBatch, kind: GroupKind): PostingOutcome {
  const partition = kind.partition ? textOf(group[kind.partition]) : batch.partition;
  return {
    kind: 'rejected',
    code: 'kinetic.group-mismatch',
    field: `${kind.table}.GroupID`,
    text: `group ${batch.batchId} exists in Kinetic for ${partition} on ${textOf(group[kind.date]).slice(0, 10)}, not for ${batch.partition} on ${batch.date}; post or delete that group in Kinetic, then replay`,
  };
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
