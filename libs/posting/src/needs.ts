import type { PostingRequested } from '@tributary/contracts';

/** What the ledger knows about a posting that another one needs. */
export interface Standing {
  /** A request for it has arrived. */
  readonly asked: boolean;
  /** The target has its document. */
  readonly saved: boolean;
  /** The document is in the target's general ledger. */
  readonly released: boolean;
}

/** What keeps a request from being sent. */
export interface Prerequisites {
  /** Posting keys that the request waits for. */
  readonly missing: readonly string[];
  /** Those of `missing` that have to be released, not only saved. */
  readonly unreleased: readonly string[];
  /** Those of `missing` that no request has asked for in time: an operator decides. */
  readonly neverAsked: readonly string[];
  /** When the next decision about a document that no request has asked for is due, ms. */
  readonly decideAt: number | undefined;
}

/** Nothing is missing. */
export const noPrerequisites: Prerequisites = { missing: [], unreleased: [], neverAsked: [], decideAt: undefined };

/** Posting keys that a request waits for, whether they are met or not. */
export function neededKeys({ dependsOn, needs }: Pick<PostingRequested, 'dependsOn' | 'needs'>): string[] {
  return [...new Set([...dependsOn, ...needs.map(({ postingKey }) => postingKey)])];
}

/**
 * The documents that a request needs and that are not yet saved, or not yet released (I14). A document of another flow may never be asked
 * for: after `afterMs` the request is sent without it or held for an operator, as its policy says.
 * @param standings of the needed posting keys; an absent key is unknown to the ledger.
 * @param waitingSince when the request began to wait, ms. Its policies count from here and not from the age of the request, which a backlog
 * increases.
 */
export function prerequisitesOf(
  { dependsOn, needs }: Pick<PostingRequested, 'dependsOn' | 'needs'>,
  standings: ReadonlyMap<string, Standing>,
  waitingSince: number | undefined,
  now: number,
): Prerequisites {
  const missing = new Set(dependsOn.filter((key) => !standings.get(key)?.saved));
  const unreleased = new Set<string>();
  const neverAsked = new Set<string>();
  const decisions: number[] = [];
  for (const { postingKey, until, ifNeverAsked, afterMs } of needs) {
    const standing = standings.get(postingKey);
    if (until === 'released' ? standing?.released : standing?.saved) continue;
    if (!standing?.asked && ifNeverAsked !== 'wait') {
      const decideAt = (waitingSince ?? now) + Number(afterMs);
      if (now < decideAt) decisions.push(decideAt);
      else if (ifNeverAsked === 'without') continue;
      else neverAsked.add(postingKey);
    }
    missing.add(postingKey);
    if (until === 'released') unreleased.add(postingKey);
  }
  return {
    missing: [...missing],
    unreleased: [...unreleased],
    neverAsked: [...neverAsked],
    decideAt: decisions.length === 0 ? undefined : Math.min(...decisions),
  };
}
