import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { ErpConnector, ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import type { PostingRequested } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';
import { defaultPostingPolicy, isProtocol, neededKeys, newPosting, prerequisitesOf, step } from '@tributary/posting';
import type { Effect, Input, PostingPolicy, PostingRequest, Reference } from '@tributary/posting';
import { RunBatches } from './run-batches.js';
import type { RunPosting } from './run-posting.js';
import { loadSinkSteps } from './sink-steps.js';
import type { SinkSteps } from './sink-steps.js';

/** The process of the sink is gone: what it was doing is left as it is. */
export type IsKilled = () => boolean;

const signal = new AbortController().signal;
/** How far virtual time runs for what waits: longer than any policy of the flows, ms. */
const longestWaitMs = 8 * 86_400_000;
const minuteMs = 60_000;

/**
 * The sink in one process, on virtual time: the protocol of libs/posting, the pure decisions of erp-sink and the real connector over HTTP, with a
 * ledger in memory instead of PostgreSQL and requests in a list instead of Kafka. What those two add is proven by the specs of erp-sink.
 */
export class InProcessSink {
  readonly postings = new Map<string, RunPosting>();
  private readonly batches: RunBatches;
  private now: number;

  private constructor(
    private readonly connector: ErpConnector,
    private readonly steps: SinkSteps,
    startAt: number,
    private readonly isKilled: IsKilled,
  ) {
    this.now = startAt;
    this.batches = new RunBatches(connector, isKilled);
  }

  /** @param startAt ms. @param isKilled asked after each call: true drops what the call answered, once. */
  static async create(connector: ErpConnector, startAt: number, isKilled: IsKilled = () => false): Promise<InProcessSink> {
    return new InProcessSink(connector, await loadSinkSteps(), startAt, isKilled);
  }

  /** Takes the requests in this order, then works until nothing can go on, releases included. */
  async run(requests: readonly PostingRequested[]): Promise<void> {
    for (const request of requests) await this.arrive(request);
    const endAt = this.now + longestWaitMs;
    for (let quiet = false; !quiet || this.now < endAt;) {
      const before = this.fingerprint();
      await this.resumeAll();
      await this.batches.tick([...this.postings.values()], this.now);
      quiet = before === this.fingerprint();
      if (quiet && !this.hasOpenWork()) return;
      if (quiet) this.now += this.isUnderWay() ? minuteMs : 3_600_000;
      else this.now += 1_000;
      if (this.now >= endAt) return;
    }
  }

  /** Something is open that only time moves: a wait with a policy, a held call that is looked up again, a recheck. */
  private hasOpenWork(): boolean {
    return (
      this.isUnderWay() ||
      [...this.postings.values()].some(({ posting, request }) => posting.state === 'waiting' && request.needs.length > 0)
    );
  }

  private isUnderWay(): boolean {
    const isOpen = ({ posting }: RunPosting): boolean =>
      posting.sentAt !== undefined || posting.recheckAt !== undefined || posting.state === 'new';
    return [...this.postings.values()].some(isOpen) || this.batches.isUnderWay();
  }

  private fingerprint(): string {
    const rows = [...this.postings.values()].map(({ posting, released }) => [posting.state, posting.fence, released, posting.rechecks]);
    return JSON.stringify([rows, this.batches.fingerprint()]);
  }

  private async arrive(request: PostingRequested): Promise<void> {
    const known = this.postings.get(request.postingKey);
    const row = known ?? {
      request,
      posting: newPosting,
      result: undefined,
      code: undefined,
      text: undefined,
      document: undefined,
      batchId: undefined,
      released: false,
      waitingSince: undefined,
      postingDate: undefined,
    };
    const current: RunPosting = known && request.protocol !== 'create-once' ? { ...row, request } : row;
    this.postings.set(request.postingKey, current);
    await this.take(current, this.requested(current));
  }

  private requested(row: RunPosting): Input {
    const { missing, neverAsked } = this.prerequisites(row);
    return { kind: 'requested', request: protocolRequest(row.request), missing, neverAsked };
  }

  /** As the sweeper does; a request that no worker holds and the ledger does not store is redelivered by Kafka. */
  private async resumeAll(): Promise<void> {
    for (const row of this.postings.values()) {
      const { posting } = row;
      const isUnfinished =
        !posting.storedInLedger && (posting.state === 'new' || posting.state === 'claimed' || posting.state === 'unknown');
      if (isUnfinished && posting.leaseUntil <= this.now) await this.take(row, this.requested(row));
      else {
        const { missing, neverAsked } = this.prerequisites(row);
        await this.take(row, { kind: 'resumed', missing, neverAsked });
      }
    }
  }

  private prerequisites(row: RunPosting): { readonly missing: readonly string[]; readonly neverAsked: readonly string[] } {
    const standings = new Map(
      neededKeys(row.request).flatMap((key) => {
        const needed = this.postings.get(key);
        return needed ? [[key, { asked: true, saved: needed.posting.reference !== undefined, released: needed.released }] as const] : [];
      }),
    );
    const found = prerequisitesOf(row.request, standings, row.waitingSince, this.now);
    row.waitingSince = found.missing.length > 0 ? (row.waitingSince ?? this.now) : undefined;
    return found;
  }

  private async take(row: RunPosting, first: Input): Promise<void> {
    let input: Input | undefined = first;
    while (input) {
      const { posting, effects } = step(row.posting, input, this.now, this.policyOf(row.request.kind));
      row.posting = posting;
      row.batchId ??= this.batches.assigned(row, this.now);
      // A saved document of a kind without batches is released, whether its answer said so or a look-up found it.
      if (posting.state === 'posted' && posting.reference && this.connector.batchMode?.(row.request.kind) === 'none') row.released = true;
      input = undefined;
      for (const effect of effects) input = (await this.act(row, effect)) ?? input;
    }
  }

  private async act(row: RunPosting, effect: Effect): Promise<Input | undefined> {
    const { fence } = row.posting;
    if (effect.kind === 'conclude') {
      row.result = effect.result;
      row.code = effect.code;
      row.text = effect.text;
      return undefined;
    }
    if (effect.kind === 'lookup') return this.lookUp(row, effect.afterMs);
    if (effect.kind === 'discard') return this.answered(row, fence, 'discard-answered', await this.discard(row, effect.reference));
    if (effect.kind === 'post') return this.answered(row, fence, 'answered', await this.post(row));
    return undefined;
  }

  private answered(row: RunPosting, fence: number, kind: 'answered' | 'discard-answered', answer: PostingOutcome): Input | undefined {
    if (this.isKilled()) return undefined; // the lease runs out, and the next worker looks
    if (answer.kind === 'posted' || answer.kind === 'updated') row.postingDate = answer.postingDate ?? row.postingDate;
    return { kind, fence, answer };
  }

  private async lookUp(row: RunPosting, afterMs: number): Promise<Input | undefined> {
    this.now += afterMs;
    const { fence } = row.posting;
    const { postingKey, kind, lines } = row.request;
    try {
      const found = await this.connector.find(
        postingKey as PostingKey,
        kind,
        signal,
        lines.map(({ table, key }) => ({ table, key })),
      );
      if (this.isKilled()) return undefined;
      return { kind: 'lookup-answered', fence, reference: found?.reference, missing: found?.missing };
    } catch (error) {
      const text = String((error as Error).message);
      if (error instanceof ErpDuplicateDocumentError) return { kind: 'lookup-ambiguous', fence, code: error.code, text };
      return { kind: 'lookup-failed', fence, text };
    }
  }

  private async discard({ request }: RunPosting, reference: Reference): Promise<PostingOutcome> {
    const outcome = await this.connector.discard?.(request.postingKey as PostingKey, request.kind, reference, signal);
    return outcome ?? { kind: 'rejected', code: 'proof.no-discard', text: 'the connector deletes nothing' };
  }

  private async post(row: RunPosting): Promise<PostingOutcome> {
    const references = new Map(
      [...this.postings].flatMap(([key, { posting }]) => (posting.reference ? [[key, posting.reference] as const] : [])),
    );
    const { half, reference } = row.posting;
    const composed = this.steps.composeDocument(row.request, references, half?.reference ?? reference);
    if (composed.kind !== 'document') return composed.answer;
    const dated = await this.onOpenDate(row, half ? { ...composed.document, knownMissing: half.missing } : composed.document);
    if ('kind' in dated && 'code' in dated) return dated;
    const answer = await this.enter(row, dated as ErpDocument);
    return this.steps.askAboutPeriod(dated as ErpDocument, answer);
  }

  /** The document on a date that is open, by the policy of its request; without one the ERP decides. */
  private async onOpenDate(row: RunPosting, document: ErpDocument): Promise<ErpDocument | PostingOutcome> {
    const date = document.onClosedPeriod === undefined ? undefined : this.connector.postingDateOf?.(document);
    if (date === undefined || !this.connector.periods) return document;
    const choice = this.steps.postingDateFor(document, date, await this.connector.periods(signal));
    if (choice.kind === 'as-asked') return document;
    if (choice.kind === 'closed') return { kind: 'ambiguous', code: choice.code, text: choice.text };
    row.postingDate = choice.date;
    return this.connector.movedTo?.(document, choice.date) ?? document;
  }

  private async enter(row: RunPosting, document: ErpDocument): Promise<PostingOutcome> {
    const { connector } = this;
    row.document = document;
    const wanted = (connector.batchMode?.(document.kind) ?? 'named') === 'named' ? connector.batchOf?.(document) : undefined;
    if (!wanted) return connector.post(document, signal);
    const batch = await this.batches.open(wanted, row.batchId, this.now);
    if ('kind' in batch) return batch;
    row.batchId = batch.batchId;
    return connector.post({ ...document, batchId: batch.batchId }, signal);
  }

  private policyOf(kind: string): PostingPolicy {
    const { connector } = this;
    return {
      ...defaultPostingPolicy,
      settleMs: connector.settleMs?.(kind) ?? defaultPostingPolicy.settleMs,
      canDiscard: connector.discard !== undefined && connector.batchMode?.(kind) !== 'none',
    };
  }
}

function protocolRequest({ postingKey, protocol, version, digest, amount, canonicalEventId }: PostingRequested): PostingRequest {
  if (!isProtocol(protocol)) throw new TypeError(`posting ${postingKey}: protocol "${protocol}"`);
  return { requestId: `${canonicalEventId}/${postingKey}`, protocol, version, digest, amount: amount ?? undefined };
}
