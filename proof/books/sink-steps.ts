import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErpDocument, ErpPeriod, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { PostingRequested } from '@tributary/contracts';
import { workspaceRoot } from '@tributary/local-stack';

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
}

/** Loads them from the build of erp-sink. */
export async function loadSinkSteps(): Promise<SinkSteps> {
  const load = (file: string): Promise<Partial<SinkSteps>> =>
    import(pathToFileURL(join(workspaceRoot, 'services/erp-sink/dist/decide', file)).href) as Promise<Partial<SinkSteps>>;
  return Object.assign({}, ...(await Promise.all(['document.js', 'posting-date.js'].map(load)))) as SinkSteps;
}
