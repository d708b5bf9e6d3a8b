import type { EventState } from '@tributary/contracts';
import { documentResults, heldResults } from '../../shared/decide/results.js';

/** One requested posting with its newest result; undefined while it has none. */
export interface PostingStanding {
  readonly requestId: string;
  /** A result of `libs/posting/src/results.ts`. */
  readonly result: string | undefined;
  readonly code: string | undefined;
}

/** One canonical fact: whether it was routed, and why it requested no posting if so. */
export interface FactStanding {
  /** Event id of the fact. */
  readonly id: string;
  readonly routed: boolean;
  readonly ignoredReason: string | undefined;
}

/** A dead letter of one of the messages of an event. */
export interface DeadLetter {
  /** Event id of the message that was dead-lettered: a raw fact, a canonical fact or a posting request. */
  readonly messageId: string;
  readonly code: string;
  /** True when the message is not defective and an operator has to check the target. */
  readonly held: boolean;
  /** How the letter was closed: `replayed`, `skipped`, `resolved`, ...; undefined while it is open. */
  readonly closed: string | undefined;
}

/** Everything that the topics reported about one event so far, independent of the order of arrival. */
export interface EventStanding {
  readonly eventId: string;
  readonly translated: { readonly ignoredReason: string | undefined; readonly canonicalCount: number } | undefined;
  readonly facts: readonly FactStanding[];
  /** Postings of all facts of the event; an outcome may be known before the routing event of its request. */
  readonly postings: readonly PostingStanding[];
  readonly deadLetters: readonly DeadLetter[];
  /** Event ids of messages that are or were parked behind another message. */
  readonly parked: readonly string[];
}

/** State of an event, with its reason. */
export interface Verdict {
  readonly state: EventState;
  /** Reason of an ignored, held or dead-lettered event; undefined for other states. */
  readonly reason: string | undefined;
}

const applied = new Set(documentResults);
const held = new Set(heldResults);

/**
 * Derives the single state of an event from everything known about it. The most severe condition wins: a dead letter outweighs a held
 * posting, a held posting outweighs anything parked or unfinished, and one applied posting outweighs ignored ones. A dead-lettered posting
 * request that was posted after a replay is posted. A request that an operator skipped is ignored; one that an operator resolved as being
 * in the ledger is posted.
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

/** An operator's decision stands in for a missing outcome; a reported outcome takes precedence. */
function decided(posting: PostingStanding, skipped: ReadonlySet<string>, resolved: ReadonlySet<string>): PostingStanding {
  if (posting.result !== undefined && applied.has(posting.result)) return posting;
  if (resolved.has(posting.requestId)) return { ...posting, result: 'posted' };
  return skipped.has(posting.requestId) ? { ...posting, result: 'skipped' } : posting;
}

/** Whether a message was parked and no later event of it was read. */
function isParked(id: string, standing: EventStanding, skipped: ReadonlySet<string>, resolved: ReadonlySet<string>): boolean {
  if (skipped.has(id) || resolved.has(id)) return false;
  if (id === standing.eventId) return standing.translated === undefined;
  const fact = standing.facts.find((one) => one.id === id);
  if (fact) return !fact.routed;
  return standing.postings.find(({ requestId }) => requestId === id)?.result === undefined;
}

/** The most specific of several reasons: an outcome of the target, then the reason of the routing, then an operator's decision. */
function ignoredReason(standing: EventStanding, skipped: ReadonlySet<string>): string {
  const outcome = standing.postings.find(({ result }) => result !== undefined);
  if (outcome?.result) return outcome.result;
  const reason = standing.facts.find((fact) => fact.ignoredReason !== undefined)?.ignoredReason;
  return reason ?? (standing.facts.some(({ id }) => skipped.has(id)) ? 'skipped' : 'unknown');
}
