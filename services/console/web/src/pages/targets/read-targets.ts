import { readAmount, readCount, readList, readRecord, readText } from '../../recon/read-value.js';
import type { Amount } from '../../recon/shapes.js';

/** A pause that somebody ordered. */
export interface Pause {
  readonly at: string | null;
  readonly by: string;
  readonly reason: string;
}

/** A batch that is not released. */
export interface OpenBatch {
  readonly batchId: string;
  readonly kind: string;
  readonly date: string;
  readonly state: string | null;
  readonly documents: number | null;
  readonly amounts: readonly (Amount | null)[];
  readonly attempts: number | null;
  readonly text: string | null;
  readonly openedAt: string | null;
  readonly byPerson: boolean;
}

/** One result of a check. */
export interface Finding {
  readonly code: string;
  readonly level: string | null;
  readonly text: string;
  readonly fix: string;
}

/** What the last check found. */
export interface Check {
  readonly at: string | null;
  readonly findings: readonly Finding[];
}

/** A target, every field read: nothing is missing. */
export interface Target {
  readonly target: string;
  readonly product: string;
  readonly state: string | null;
  readonly paused: Pause | null;
  readonly breaker: { readonly since: string | null; readonly code: string } | null;
  readonly calls: {
    readonly lastMinute: number | null;
    readonly limitPerMinute: number | null;
    readonly inFlight: number | null;
    readonly inFlightLimit: number | null;
    readonly lastAnswerAt: string | null;
  };
  readonly postings: {
    readonly open: number | null;
    readonly unknown: number | null;
    readonly held: number | null;
    readonly oldest: { readonly postingKey: string; readonly since: string | null } | null;
  };
  readonly batches: {
    readonly open: number | null;
    readonly documents: number | null;
    readonly amounts: readonly (Amount | null)[];
    readonly list: readonly OpenBatch[];
  };
  readonly lastSuccessAt: string | null;
  readonly lastFailure: { readonly at: string | null; readonly postingKey: string; readonly code: string | null } | null;
  readonly limits: { readonly kinds: readonly string[]; readonly features: readonly string[]; readonly longestCallMs: number | null };
  readonly mappingVersion: string | null;
  readonly check: Check | null;
}

/** An erp-sink that does not answer. */
export interface SilentSink {
  readonly targets: readonly string[];
  readonly since: string | null;
  readonly problem: string;
}

/** `GET /api/targets`. */
export interface Targets {
  readonly targets: readonly Target[];
  readonly silent: readonly SilentSink[];
}

/** Reads any answer; what is no row is an empty one. Never throws. */
export function readTargets(value: unknown): Targets {
  const { targets, silent } = readRecord(value);
  return { targets: readList(targets, readTarget), silent: readList(silent, readSilent) };
}

/** Reads one target, whatever it is. */
export function readTarget(value: unknown): Target {
  const all = readRecord(value);
  const { breaker, postings, limits } = {
    breaker: readRecord(all.breaker),
    postings: readRecord(all.postings),
    limits: readRecord(all.limits),
  };
  const oldest = readRecord(postings.oldest);
  const failure = readRecord(all.lastFailure);
  return {
    target: readText(all.target) ?? '',
    product: readText(all.product) ?? '',
    state: readText(all.state),
    paused: isObject(all.paused) ? readPause(all.paused) : null,
    breaker: isObject(all.breaker) ? { since: readText(breaker.since), code: readText(breaker.code) ?? '' } : null,
    calls: readCalls(all.calls),
    postings: {
      open: readCount(postings.open),
      unknown: readCount(postings.unknown),
      held: readCount(postings.held),
      oldest: isObject(postings.oldest) ? { postingKey: readText(oldest.postingKey) ?? '', since: readText(oldest.since) } : null,
    },
    batches: readBatches(all.batches),
    lastSuccessAt: readText(all.lastSuccessAt),
    lastFailure: isObject(all.lastFailure)
      ? { at: readText(failure.at), postingKey: readText(failure.postingKey) ?? '', code: readText(failure.code) }
      : null,
    limits: { kinds: readTexts(limits.kinds), features: readTexts(limits.features), longestCallMs: readCount(limits.longestCallMs) },
    mappingVersion: readText(all.mappingVersion),
    check: isObject(all.check) ? readCheck(all.check) : null,
  };
}

/** Reads what a check found, whatever it is. */
export function readCheck(value: unknown): Check {
  const { at, findings } = readRecord(value);
  return {
    at: readText(at),
    findings: readList(findings, (finding) => {
      const { code, level, text, fix } = readRecord(finding);
      return { code: readText(code) ?? '', level: readText(level), text: readText(text) ?? '', fix: readText(fix) ?? '' };
    }),
  };
}

function readPause(value: unknown): Pause {
  const { at, by, reason } = readRecord(value);
  return { at: readText(at), by: readText(by) ?? '', reason: readText(reason) ?? '' };
}

function readCalls(value: unknown): Target['calls'] {
  const { lastMinute, limitPerMinute, inFlight, inFlightLimit, lastAnswerAt } = readRecord(value);
  return {
    lastMinute: readCount(lastMinute),
    limitPerMinute: readCount(limitPerMinute),
    inFlight: readCount(inFlight),
    inFlightLimit: readCount(inFlightLimit),
    lastAnswerAt: readText(lastAnswerAt),
  };
}

function readBatches(value: unknown): Target['batches'] {
  const { open, documents, amounts, list } = readRecord(value);
  return {
    open: readCount(open),
    documents: readCount(documents),
    amounts: readList(amounts, readAmount),
    list: readList(list, readBatch),
  };
}

function readBatch(value: unknown): OpenBatch {
  const { batchId, kind, date, state, documents, amounts, attempts, text, openedAt, byPerson } = readRecord(value);
  return {
    batchId: readText(batchId) ?? '',
    kind: readText(kind) ?? '',
    date: readText(date) ?? '',
    state: readText(state),
    documents: readCount(documents),
    amounts: readList(amounts, readAmount),
    attempts: readCount(attempts),
    text: readText(text),
    openedAt: readText(openedAt),
    byPerson: byPerson === true,
  };
}

function readSilent(value: unknown): SilentSink {
  const { targets, since, problem } = readRecord(value);
  return { targets: readTexts(targets), since: readText(since), problem: readText(problem) ?? '' };
}

const readTexts = (value: unknown): string[] => readList(value, (one) => readText(one) ?? '');
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
