import type { ErpDocument, ErpPeriod, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { PostingRequested } from '@tributary/contracts';
import type { BatchPolicy, PostingPolicy } from '@tributary/posting';
import { builtExports } from '../built.js';

/** The pure decisions of erp-sink that a run uses, as that service compiled them. */
export interface SinkSteps {
  composeDocument(
    request: PostingRequested,
    references: ReadonlyMap<string, ErpReference>,
    known: ErpReference | undefined,
  ): { readonly kind: 'document'; readonly document: ErpDocument } | { readonly kind: 'answered'; readonly answer: PostingOutcome };
  postingDateFor(
    document: ErpDocument,
    date: string,
    periods: readonly ErpPeriod[],
  ):
    | { readonly kind: 'as-asked' }
    | { readonly kind: 'moved'; readonly date: string }
    | { readonly kind: 'closed'; readonly code: string; readonly text: string };
  askAboutPeriod(document: ErpDocument, answer: PostingOutcome): PostingOutcome;
  policiesOf(
    settings: Readonly<Record<string, number | string>>,
    connector: { readonly name: string; readonly longestCallMs: number },
  ): { posting(kind: string): PostingPolicy; readonly batch: BatchPolicy };
}

/** Loads them from the build of erp-sink. */
export function loadSinkSteps(): Promise<SinkSteps> {
  return builtExports<SinkSteps>('erp-sink/dist', ['decide/document.js', 'decide/posting-date.js', 'policies.js']);
}
