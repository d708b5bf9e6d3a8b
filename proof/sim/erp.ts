import type { Answer, BatchInput, Reference } from '@tributary/posting';
import { longestCallMs } from './core.js';
import { Latch } from './engine.js';
import type { Host, Process } from './engine.js';
import type { SimRequest } from './sim-request.js';
import type { World } from './world.js';

export interface SimDocument {
  readonly id: string;
  readonly postingKey: string;
  readonly kind: SimRequest['kind'];
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly batchId: string | undefined;
  /** Of customers: the newest state that was written. */
  version: bigint;
  digest: string;
  released: boolean;
}

type BatchState = 'open' | 'posting' | 'posted';

/** What a call is sent with, so that the ERP's side can check who may send at all. */
export interface Sender {
  readonly host: Host;
  readonly fence: number;
  /** Opens when the caller no longer waits: its connection is closed. */
  readonly abort: Latch;
}

/** How long the ERP may go on after the caller gave up: the connector's settle time, ms. */
const settleMs = 2_000;

/**
 * A ledger without idempotency keys. It does what it is told as often as it is told, may do it after the caller gave up (within the settle
 * time, as the connector promises, unless a fault breaks that promise), and knows documents by the posting key they carry.
 */
export class SimErp {
  readonly documents = new Map<string, SimDocument>();
  readonly byKey = new Map<string, SimDocument[]>();
  readonly batches = new Map<string, BatchState>();
  /** Keys that got a second document because the ERP broke its promise: those must be found. */
  readonly brokenPromises = new Set<string>();
  /** Posting keys that somebody else has open. */
  readonly locked = new Map<string, number>();
  downUntil = 0;
  silentUntil = 0;
  closedUntil = 0;
  throttledUntil = 0;
  /** A person mended what made documents bad. */
  mended = false;
  private ids = 0;
  private readonly refusesDuplicates: boolean;
  /** Told of every document that comes to be there or changes. */
  onCommit: (document: SimDocument, request: SimRequest, broken: boolean) => void = () => undefined;

  constructor(private readonly world: World) {
    this.refusesDuplicates = world.faults.has('duplicate-refused');
  }

  /** One call of the connector, with its hard limit. The answer is what kinetic-errors.ts would make of what came back. */
  *post(request: SimRequest, known: Reference | undefined, batchId: string | undefined, sender: Sender): Process<Answer> {
    const { world } = this;
    const sentAt = world.now;
    const answered = new Latch();
    let answer: Answer | undefined;
    const say = (value: Answer, at: number): void => {
      world.engine.at(at, () => {
        answer = value;
        answered.open();
      });
    };
    world.engine.at(sentAt + world.dice.between(2, 25), () => this.take(request, known, batchId, sender, sentAt, say));
    yield* this.until(answered, sender, sentAt + longestCallMs);
    return answer ?? { kind: 'unknown', text: 'no answer' };
  }

  /** undefined: it answered and has no such document. */
  *find(key: string, withinMs: number, abort: Latch): Process<{ found: SimDocument[] } | 'silent'> {
    const { world } = this;
    const limitMs = Math.min(withinMs, longestCallMs);
    if (world.now < this.silentUntil || world.now < this.downUntil) {
      yield { latch: abort, ms: world.now < this.downUntil ? 20 : limitMs };
      return 'silent';
    }
    yield world.dice.between(2, 25);
    const found = [...(this.byKey.get(key) ?? [])];
    yield world.dice.between(2, 25);
    return { found };
  }

  /** Releases a batch: what is saved in it gets into the ledger. */
  *release(batchId: string, abort: Latch, host: Host): Process<Extract<BatchInput, { kind: 'answered' }>['answer']> {
    const { world } = this;
    const { faults } = world;
    // It is on its way when it was allowed: what stands still after that is only its caller.
    if (world.now < this.downUntil) return 'unavailable';
    const state = this.batches.get(batchId);
    // Whoever releases what another release is at, or has done, has not looked (I3).
    world.checks.that('I3', state !== 'posting' && state !== 'posted', () => `batch ${batchId} is released though it is ${state ?? ''}`);
    if (state === undefined) return 'skipped';
    if (faults.strikes('half-commit', 0.5)) {
      const half = faults.of('half-commit').pick(['answer lost', 'late', 'not done', 'posting'] as const);
      world.trace('erp', () => `release of ${batchId}: half-commit: ${half}`);
      const gaveUpAt = world.now + longestCallMs;
      if (half === 'answer lost') this.releaseNow(batchId);
      if (half === 'late')
        world.engine.at(gaveUpAt + faults.of('half-commit').between(-20_000, settleMs - 100), () => this.releaseNow(batchId));
      if (half === 'posting') {
        this.batches.set(batchId, 'posting');
        world.engine.at(world.now + faults.of('half-commit').between(500, 90_000), () => this.releaseNow(batchId));
      }
      yield* world.mayCrash(host, 'crash-after-effect', 0.2);
      yield { latch: abort, ms: longestCallMs };
      return 'unknown';
    }
    this.releaseNow(batchId);
    yield* world.mayCrash(host, 'crash-after-effect', 0.1);
    yield world.dice.between(5, 60);
    yield* world.mayCrash(host, 'crash-before-record', 0.1);
    return 'posted';
  }

  *batchState(batchId: string, abort: Latch): Process<Extract<BatchInput, { kind: 'lookup-answered' }>['state'] | 'silent'> {
    if (this.world.now < this.silentUntil || this.world.now < this.downUntil) {
      yield { latch: abort, ms: longestCallMs };
      return 'silent';
    }
    yield this.world.dice.between(2, 25);
    return this.batches.get(batchId) ?? 'absent';
  }

  /** A person takes away all but one of the documents of a key. */
  removeDuplicates(key: string): void {
    const [first, ...more] = this.byKey.get(key) ?? [];
    for (const document of more) this.documents.delete(document.id);
    if (first) this.byKey.set(key, [first]);
  }

  private releaseNow(batchId: string): void {
    this.batches.set(batchId, 'posted');
    for (const document of this.documents.values()) if (document.batchId === batchId) document.released = true;
  }

  /** Whether the caller still listens at that time. */
  private *until(answered: Latch, { abort }: Sender, limit: number): Process {
    const either = new Latch();
    answered.onOpen(() => either.open());
    abort.onOpen(() => either.open());
    if (!either.isOpen) yield { latch: either, ms: Math.max(0, limit - this.world.now) };
  }

  private take(
    request: SimRequest,
    known: Reference | undefined,
    batchId: string | undefined,
    sender: Sender,
    sentAt: number,
    say: (answer: Answer, at: number) => void,
  ): void {
    const { world } = this;
    const { faults, dice, now } = world;
    const soon = now + dice.between(5, 120);
    if (faults.strikes('rebalance-in-call', 0.03))
      world.engine.at(now + faults.of('rebalance-in-call').between(0, 20_000), world.onRebalance);
    const refusal = this.refusal(request);
    if (refusal) return say(refusal, soon);
    if (faults.strikes('request-lost', 0.08)) {
      this.silentUntil = Math.max(this.silentUntil, now + faults.of('request-lost').between(0, 60_000));
      return world.trace('erp', () => `${request.postingKey}: request lost, silent for ${Math.round((this.silentUntil - now) / 1_000)} s`);
    }
    // Upserts match when they are taken and write later: that is how they overtake each other.
    const matched = this.byKey.get(request.postingKey)?.[0];
    if (request.deletes && matched === undefined) {
      if (faults.strikes('timeout-after-commit', 0.1)) return;
      return say({ kind: 'skipped', text: 'not there, nothing to deactivate' }, soon);
    }
    const commit = (broken = false): Reference | undefined => this.commit(request, matched, batchId, broken);
    if (faults.strikes('late-commit', 0.06)) {
      // It may go on for its settle time after the caller gave up, however that came to be.
      // What was not there may even come after twice that, when the caller lives and looks twice.
      const twice = matched === undefined && request.protocol !== 'versioned-upsert';
      const gaveUp = (at: number): void => {
        const { alive, frozenUntil } = sender.host;
        const mostMs = twice && alive && frozenUntil <= at && !sender.abort.isOpen ? 2 * settleMs - 300 : settleMs - 100;
        world.engine.at(at + faults.of('late-commit').between(0, mostMs), () => commit());
      };
      let told = false;
      const once = (): void => {
        if (told) return;
        told = true;
        gaveUp(world.now);
      };
      sender.abort.onOpen(once);
      return world.engine.at(sentAt + longestCallMs, once);
    }
    if (request.kind !== 'customer' && faults.strikes('commit-later-than-promised', 0.2)) {
      this.brokenPromises.add(request.postingKey);
      return world.engine.at(sentAt + longestCallMs + faults.of('commit-later-than-promised').between(settleMs, 45_000), () =>
        commit(true),
      );
    }
    world.engine.at(soon, () => {
      const reference = commit();
      if (!reference) return say({ kind: 'rejected', code: 'erp.duplicate', text: 'a document with this key is there' }, world.now + 5);
      if (faults.strikes('timeout-after-commit', 0.1)) return;
      if (faults.strikes('half-commit', 0.1) || faults.strikes('error-500-after-commit', 0.1))
        return say({ kind: 'unknown', text: 'HTTP 500' }, world.now + dice.between(1, 40));
      if (faults.strikes('crash-after-effect', 0.1)) {
        world.trace(sender.host.name, () => 'KILLED: crash-after-effect');
        sender.host.alive = false;
        return;
      }
      const isChange = known !== undefined || (matched !== undefined && request.protocol === 'versioned-upsert');
      say({ kind: isChange ? 'updated' : 'posted', reference }, world.now + dice.between(1, 40));
    });
  }

  /** Surely not applied. */
  private refusal(request: SimRequest): Answer | undefined {
    const { now, faults } = this.world;
    if (now < this.downUntil) return { kind: 'unavailable', code: 'erp.unavailable', text: 'connection refused' };
    if (now < this.throttledUntil || faults.strikes('throttled', 0.05)) {
      return { kind: 'throttled', retryAfterMs: 3_000, text: 'HTTP 429' };
    }
    if ((this.locked.get(request.postingKey) ?? 0) > now) return { kind: 'conflict', text: 'the record is locked' };
    if (faults.strikes('locked-row', 0.06))
      this.locked.set(request.postingKey, now + faults.of('locked-row').pick([2_000, 30_000, 400_000, 40 * 3_600_000]));
    if (request.bad && !this.mended) return { kind: 'rejected', code: 'erp.field', field: 'Reference', text: 'too long' };
    if (request.kind !== 'customer' && now < this.closedUntil)
      return { kind: 'rejected', code: 'erp.period-closed', text: 'the period is closed' };
    return undefined;
  }

  /** @returns undefined when it refuses a second document, or when the batch it should go into is closed. */
  private commit(
    request: SimRequest,
    matched: SimDocument | undefined,
    batchId: string | undefined,
    broken: boolean,
  ): Reference | undefined {
    const { postingKey, kind, amountMinor, currency, protocol } = request;
    if (kind === 'customer' && matched) {
      if (protocol === 'versioned-upsert') this.write(matched, request, broken);
      return { id: matched.id };
    }
    const there = this.byKey.get(postingKey) ?? [];
    if (there.length > 0 && this.refusesDuplicates) {
      this.world.faults.count('duplicate-refused');
      return undefined;
    }
    if (batchId !== undefined) {
      const state = this.batches.get(batchId) ?? 'open';
      if (state !== 'open') {
        this.world.trace('erp', () => `${postingKey}: batch ${batchId} is ${state}: not entered`);
        return undefined;
      }
      this.batches.set(batchId, 'open');
    }
    const document: SimDocument = {
      id: `doc_${this.ids++}`,
      postingKey,
      kind,
      amountMinor,
      currency,
      batchId,
      version: request.version,
      digest: request.digest,
      released: batchId === undefined,
    };
    this.documents.set(document.id, document);
    this.byKey.set(postingKey, [...there, document]);
    this.world.trace('erp', () => `${postingKey}: committed ${document.id}${broken ? ' LATER THAN PROMISED' : ''}`);
    this.onCommit(document, request, broken);
    return { id: document.id };
  }

  private write(document: SimDocument, request: SimRequest, broken: boolean): void {
    this.world.trace('erp', () => `${request.postingKey}: ${document.version} -> ${request.version}`);
    this.onCommit(document, request, broken);
    document.version = request.version;
    document.digest = request.digest;
  }
}
