import type { EventState } from '@tributary/contracts';
import { documentResults, heldResults } from '../../shared/decide/results.js';

/** One posting asked for: its newest result, or undefined while there is none. */
export interface PostingStanding {
  readonly requestId: string;
  /** A result of `libs/posting/src/results.ts`. */
  readonly result: string | undefined;
  readonly code: string | undefined;
}

/** One canonical fact: whether route has spoken, and why it asked for nothing if so. */
export interface FactStanding {
  /** Its event id. */
  readonly id: string;
  readonly routed: boolean;
  readonly ignoredReason: string | undefined;
}

export interface DeadLetter {
  /** Event id of the message that was dead-lettered: a raw fact, a canonical fact or a posting request. */
  readonly messageId: string;
  readonly code: string;
  /** Nothing is wrong with it: a person has to look into the target. */
  readonly held: boolean;
  /** How it was closed: `replayed`, `skipped`, `resolved`, ...; undefined while it is open. */
  readonly closed: string | undefined;
}

/** All that the topics have said of one event so far, in whatever order they said it. */
export interface EventStanding {
  readonly eventId: string;
  readonly translated: { readonly ignoredReason: string | undefined; readonly canonicalCount: number } | undefined;
  readonly facts: readonly FactStanding[];
  /** Of all its facts; an outcome may be known before route's own record of the request. */
  readonly postings: readonly PostingStanding[];
  readonly deadLetters: readonly DeadLetter[];
  /** Event ids of messages that were parked behind another one, now or earlier. */
  readonly parked: readonly string[];
}

export interface Verdict {
  readonly state: EventState;
  /** Why, for ignored, held and dead-lettered events; undefined otherwise. */
  readonly reason: string | undefined;
}

const applied = new Set(documentResults);
const held = new Set(heldResults);

/**
 * The one state of an event, from everything known of it. Worst news first: a dead letter outweighs a held posting, that
 * outweighs anything parked or unfinished, and one applied posting outweighs ignored ones. A dead-lettered posting request that was
 * posted after all (replayed) is posted; one that a person skipped is ignored, one that a person says is in the ledger is posted.
 */
export function eventState(standing: EventStanding): Verdict {
  const ended = (how: string): Set<string> =>
    new Set(standing.deadLetters.filter(({ closed }) => closed === how).map(({ messageId }) => messageId));
  const skipped = ended('skipped');
  const resolved = ended('resolved');
  const postings = standing.postings.map((posting) => decided(posting, skipped, resolved));
  const concluded = new Set(postings.filter(({ result }) => result !== undefined && applied.has(result)).map(({ requestId }) => requestId));

  const open = standing.deadLetters.filter(({ messageId, closed }) => closed === undefined && !concluded.has(messageId));
  const dead = open.find(({ held }) => !held);
  if (dead) return { state: 'deadLettered', reason: dead.code };
  const rejected = postings.find(({ result }) => result === 'rejected');
  if (rejected) return { state: 'deadLettered', reason: rejected.code ?? 'rejected' };
  const [heldLetter] = open;
  if (heldLetter) return { state: 'held', reason: heldLetter.code };
  const waiting = postings.find(({ result }) => result !== undefined && held.has(result));
  if (waiting) return { state: 'held', reason: waiting.code ?? waiting.result };
  if (resolved.has(standing.eventId)) return { state: 'posted', reason: undefined };
  if (skipped.has(standing.eventId)) return { state: 'ignored', reason: 'skipped' };
  if (standing.parked.some((messageId) => isParked(messageId, standing, skipped, resolved))) return { state: 'held', reason: 'parked' };

  const { translated } = standing;
  if (!translated) return { state: 'inFlight', reason: undefined };
  if (translated.canonicalCount === 0) return { state: 'ignored', reason: translated.ignoredReason ?? 'unknown' };
  const unfinished =
    standing.facts.length < translated.canonicalCount ||
    standing.facts.some((fact) => !fact.routed && !skipped.has(fact.id) && !resolved.has(fact.id)) ||
    postings.some(({ result }) => result === undefined);
  if (unfinished) return { state: 'inFlight', reason: undefined };
  if (concluded.size > 0 || standing.facts.some(({ id }) => resolved.has(id))) return { state: 'posted', reason: undefined };
  return { state: 'ignored', reason: ignoredReason({ ...standing, postings }, skipped) };
}

/** What a person decided stands for the outcome that never came; an outcome that came counts. */
function decided(posting: PostingStanding, skipped: ReadonlySet<string>, resolved: ReadonlySet<string>): PostingStanding {
  if (posting.result !== undefined && applied.has(posting.result)) return posting;
  if (resolved.has(posting.requestId)) return { ...posting, result: 'posted' };
  return skipped.has(posting.requestId) ? { ...posting, result: 'skipped' } : posting;
}

/** Parked, and nothing has been heard of it since. */
function isParked(id: string, standing: EventStanding, skipped: ReadonlySet<string>, resolved: ReadonlySet<string>): boolean {
  if (skipped.has(id) || resolved.has(id)) return false;
  if (id === standing.eventId) return standing.translated === undefined;
  const fact = standing.facts.find((one) => one.id === id);
  if (fact) return !fact.routed;
  return standing.postings.find(({ requestId }) => requestId === id)?.result === undefined;
}

/** Of several reasons the one that says most: an outcome of the target, then route's reason, then a person's decision. */
function ignoredReason(standing: EventStanding, skipped: ReadonlySet<string>): string {
  const outcome = standing.postings.find(({ result }) => result !== undefined);
  if (outcome?.result) return outcome.result;
  const reason = standing.facts.find((fact) => fact.ignoredReason !== undefined)?.ignoredReason;
  return reason ?? (standing.facts.some(({ id }) => skipped.has(id)) ? 'skipped' : 'unknown');
}
