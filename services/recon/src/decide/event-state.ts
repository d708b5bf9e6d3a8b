/** How an event that came in stands: exactly one of these (I2). */
export type EventState = 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';

/** One posting asked for: its newest result, or undefined while there is none. */
export interface PostingStanding {
  readonly requestId: string;
  /** posted | adopted | updated | released | duplicate | stale | skipped | waiting | held | rejected */
  readonly result: string | undefined;
  readonly code: string | undefined;
}

/** One canonical fact: whether route has spoken, and why it asked for nothing if so. */
export interface FactStanding {
  readonly routed: boolean;
  readonly ignoredReason: string | undefined;
}

export interface DeadLetter {
  /** Event id of the message that was dead-lettered: a raw fact, a canonical fact or a posting request. */
  readonly messageId: string;
  readonly code: string;
}

/** All that the topics have said of one event so far, in whatever order they said it. */
export interface EventStanding {
  readonly translated: { readonly ignoredReason: string | undefined; readonly canonicalCount: number } | undefined;
  readonly facts: readonly FactStanding[];
  /** Of all its facts; an outcome may be known before route's own record of the request. */
  readonly postings: readonly PostingStanding[];
  readonly deadLetters: readonly DeadLetter[];
}

export interface Verdict {
  readonly state: EventState;
  /** Why, for ignored, held and dead-lettered events; undefined otherwise. */
  readonly reason: string | undefined;
}

const applied = new Set(['posted', 'adopted', 'updated', 'released']);
const heldResults = new Set(['held', 'waiting']);

/**
 * The one state of an event, from everything known of it. Worst news first: a dead letter outweighs a held posting, that
 * outweighs anything unfinished, and one applied posting outweighs ignored ones. A dead-lettered posting request that was
 * posted after all (replayed) is posted.
 */
export function eventState(standing: EventStanding): Verdict {
  const { postings } = standing;
  const concluded = new Set(postings.filter(({ result }) => result !== undefined && applied.has(result)).map(({ requestId }) => requestId));
  const dead = standing.deadLetters.find(({ messageId }) => !concluded.has(messageId));
  if (dead) return { state: 'deadLettered', reason: dead.code };
  const rejected = postings.find(({ result }) => result === 'rejected');
  if (rejected) return { state: 'deadLettered', reason: rejected.code ?? 'rejected' };
  const held = postings.find(({ result }) => result !== undefined && heldResults.has(result));
  if (held) return { state: 'held', reason: held.code ?? held.result };

  const { translated } = standing;
  if (!translated) return { state: 'inFlight', reason: undefined };
  if (translated.canonicalCount === 0) return { state: 'ignored', reason: translated.ignoredReason ?? 'unknown' };
  const unfinished =
    standing.facts.length < translated.canonicalCount ||
    standing.facts.some((fact) => !fact.routed) ||
    postings.some(({ result }) => result === undefined);
  if (unfinished) return { state: 'inFlight', reason: undefined };
  if (concluded.size > 0) return { state: 'posted', reason: undefined };
  return { state: 'ignored', reason: ignoredReason(standing) };
}

/** Of several reasons the one that says most: an outcome of the target, then route's reason. */
function ignoredReason(standing: EventStanding): string {
  const outcome = standing.postings.find(({ result }) => result !== undefined);
  if (outcome?.result) return outcome.result;
  return standing.facts.find((fact) => fact.ignoredReason !== undefined)?.ignoredReason ?? 'unknown';
}
