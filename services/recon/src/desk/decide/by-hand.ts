import type { ErpReference } from '@tributary/connector-kit';
import type { LeftOutLetter } from '@tributary/contracts';

/** What was found out about a letter that somebody says was put right by hand. */
export type LookedUp = { readonly letter: string } & (
  | { readonly kind: 'document'; readonly reference: ErpReference }
  /** No posting request: no ledger has a document that could be looked up for it. */
  | { readonly kind: 'word' }
  | { readonly kind: 'not-shown'; readonly text: string }
);

/** What an order does about letters that were put right by hand. */
export interface ByHand {
  /** Letters that it closes. */
  readonly ids: readonly string[];
  /** Keys of the document that stands for a letter, as its ledger told them, by letter. */
  readonly documents: Readonly<Record<string, ErpReference>>;
  /** Letters that stay as they are. */
  readonly leftOut: readonly LeftOutLetter[];
  /** Why somebody else has to approve it, as sentences. */
  readonly approvalReasons: readonly string[];
}

/**
 * Sorts out what is resolved: a posting request with the document that its ledger shows, another message on the word of two people. What a ledger
 * does not show stays a dead letter: whoever knows better resolves it alone, by the keys of its document.
 */
export function sortedByHand(looked: readonly LookedUp[]): ByHand {
  const words = looked.filter(({ kind }) => kind === 'word').length;
  return {
    ids: looked.filter(({ kind }) => kind !== 'not-shown').map(({ letter }) => letter),
    documents: Object.fromEntries(looked.flatMap((one) => (one.kind === 'document' ? [[one.letter, one.reference]] : []))),
    leftOut: looked.flatMap((one) => (one.kind === 'not-shown' ? [{ letter: one.letter, text: one.text }] : [])),
    approvalReasons:
      words === 0 ? [] : [`${words} of them ask for no document: no ledger can say whether what they are about was put right by hand`],
  };
}
