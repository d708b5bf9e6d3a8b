import type { ErpReference } from '@tributary/connector-kit';
import { effectProblem, newerStateOf, noPrerequisites, prerequisitesOf, step } from '@tributary/posting';
import type { Effect, Input, Posting, PostingPolicy, Prerequisites, Standing } from '@tributary/posting';
import type { Conclusion, LedgerRow, StoredRequest } from './ledger-model.js';

/** An effect outside the ledger, which the poster carries out. */
export type IoEffect = Extract<Effect, { kind: 'lookup' | 'post' | 'discard' | 'busy' | 'fail' | 'fenced' }>;

/** A step that is requested for one posting. */
export interface WantedStep {
  readonly key: string;
  /** Kind of document. If given, a missing row is inserted. */
  readonly kind?: string;
  /** The request that has just arrived, if the step is for one. */
  readonly arrived?: StoredRequest;
  /** The request of the row, when the caller still has it, so that it need not be read again. */
  readonly known?: StoredRequest | undefined;
  /** True when outcomes are published from the ledger, because no redelivery would publish them. */
  readonly due: boolean;
  /** The request whose needs have to be met for the step to send it; undefined when the step sends nothing. */
  waits(stored: StoredRequest | undefined): StoredRequest | undefined;
  /** The date that the connector moved the document to, `YYYY-MM-DD`. */
  readonly postingDate?: string | undefined;
  /** An operator replays the request: its waiting time starts anew. */
  readonly waitsAnew?: boolean;
  /** @param earlier the recorded outcome of the request that arrived. */
  input(prerequisites: Prerequisites, earlier: Conclusion | undefined): Input;
}

/** A row of the ledger with the time, ms, at which it was locked. */
export interface LockedRow {
  readonly row: LedgerRow;
  readonly now: number;
}

/** What one step decides, before anything is written. */
export interface DecidedStep extends LockedRow {
  readonly wanted: WantedStep;
  readonly posting: Posting;
  readonly effects: readonly Effect[];
  readonly next: IoEffect | undefined;
  /** The request that the posting belongs to after the step. */
  readonly stored: StoredRequest | undefined;
  /** The request of {@link Posting.setAside} after the step. */
  readonly setAside: StoredRequest | undefined;
  /** For `post`: the request whose fields override those of `stored`. */
  readonly newerState: StoredRequest | undefined;
  readonly prerequisites: Prerequisites;
  /** When the request began to wait, ms; undefined when it does not. */
  readonly waitingSince: number | undefined;
}

/** Posting key -> reference of its document in the target. */
export type KnownReferences = ReadonlyMap<string, ErpReference>;
/** Posting key -> whether its document was requested, saved and released. */
export type KnownStandings = ReadonlyMap<string, Standing>;

/**
 * Decides one step of one posting: makes the input from the ledger row and the standings of needed postings, and applies libs/posting.
 * Pure.
 * @param earlier the recorded outcome of the request that arrived.
 */
export function decideStep(
  wanted: WantedStep,
  { row, now }: LockedRow,
  earlier: Conclusion | undefined,
  standings: KnownStandings,
  policyOf: (kind: string) => PostingPolicy,
): DecidedStep {
  const { arrived } = wanted;
  const asked = arrived ?? row.stored;
  const prerequisites = prerequisitesFor(
    wanted.waits(row.stored),
    wanted.waitsAnew ? { ...row, waitingSince: undefined } : row,
    standings,
    now,
  );
  const policy = policyOf(asked?.value.kind ?? '');
  const { posting, effects } = step(row.posting, wanted.input(prerequisites, earlier), now, policy);
  const requestOf = (requestId: string | undefined): StoredRequest | undefined =>
    requestId === undefined ? undefined : [arrived, row.stored, row.setAside].find((one) => one?.requestId === requestId);
  const stored = requestOf(posting.request?.requestId) ?? row.stored;
  const hasNeeds = (posting.state === 'waiting' || posting.state === 'held') && posting.waitingOn.length > 0;
  return {
    wanted,
    row,
    now,
    posting,
    effects,
    next: effects.find(isIo),
    stored,
    prerequisites: hasNeeds ? prerequisites : noPrerequisites,
    waitingSince: hasNeeds && posting.state === 'waiting' ? (waitingSinceOf(row, stored) ?? now) : undefined,
    setAside: requestOf(posting.setAside?.requestId),
    newerState: requestOf(newerStateOf(posting)?.requestId),
  };
}

function prerequisitesFor(request: StoredRequest | undefined, row: LedgerRow, standings: KnownStandings, now: number): Prerequisites {
  // An effect that cannot be booked is refused at once: waiting for other documents would not change that.
  if (!request || effectProblem(request.value) !== undefined) return noPrerequisites;
  return prerequisitesOf(request.value, standings, waitingSinceOf(row, request), now);
}

function waitingSinceOf({ stored, waitingSince }: LedgerRow, request: StoredRequest | undefined): number | undefined {
  return stored?.requestId === request?.requestId ? waitingSince : undefined;
}

/** Posting keys that the document to be sent refers to. */
export function neededReferences({ next, stored, newerState }: DecidedStep): readonly string[] {
  if (next?.kind !== 'post') return [];
  return [stored, newerState].flatMap((request) => request?.value.references.map(({ postingKey }) => postingKey) ?? []);
}

/** True when no call is open and none may still commit, so the document is in no batch. */
export function isCertainlyAbsent({ sentAt, resentAt, half, state }: Posting): boolean {
  return (
    sentAt === undefined && resentAt === undefined && half === undefined && (state === 'new' || state === 'rejected' || state === 'waiting')
  );
}

function isIo(effect: Effect): effect is IoEffect {
  return effect.kind !== 'conclude' && effect.kind !== 'repeat';
}
