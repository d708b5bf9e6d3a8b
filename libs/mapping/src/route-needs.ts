import type { DocumentRef, PostingNeed } from '@tributary/contracts';
import { postingKey } from '@tributary/domain';
import type { PostingKey } from '@tributary/domain';
import type { CompiledFlow, CompiledStep } from './bundle.js';
import type { MappedDocument } from './document-fields.js';

/** How long a posting waits for the document to which a field refers, unless the flow sets another time: two days, ms. */
const referenceWaitMs = 172_800_000n;

/** What a posting waits for: documents of the same run that it depends on, and needs that may belong to other flows. */
export function dependenciesOf(
  { profile: { target } }: CompiledFlow,
  step: CompiledStep,
  keys: ReadonlyMap<string, string>,
  context: Readonly<Record<string, unknown>>,
  mapped: MappedDocument,
): { dependsOn: string[]; needs: PostingNeed[] } {
  const needs: PostingNeed[] = [];
  for (const { when, of, until, ifNeverAsked, afterMs } of step.needs) {
    if (when && when(context) !== true) continue;
    const document = of(context);
    if (document) needs.push({ postingKey: keyIn(target, document), until, ifNeverAsked, afterMs });
  }
  const dependsOn = new Set(step.dependsOn.flatMap((name) => keys.get(name) ?? []));
  const ofThisRun = new Set(keys.values());
  for (const { reference } of mapped.references) {
    const key = keyIn(target, reference.document);
    if (needs.some((need) => need.postingKey === key)) continue;
    // A document to which a field refers has to exist first, even if the flow does not declare it as a need.
    if (ofThisRun.has(key)) dependsOn.add(key);
    else needs.push({ postingKey: key, until: 'saved', ifNeverAsked: 'hold', afterMs: referenceWaitMs });
  }
  return { dependsOn: [...dependsOn], needs };
}

/** Posting key of a document for a target. */
export function keyIn(target: string, { document, sourceId, part }: DocumentRef): PostingKey {
  return postingKey({ target, kind: document, sourceId, ...(part === null ? {} : { part }) });
}
