import type { DocumentRef, PostingNeed } from '@tributary/contracts';
import { postingKey } from '@tributary/domain';
import type { PostingKey } from '@tributary/domain';
import type { CompiledFlow, CompiledStep } from './bundle.js';
import type { MappedDocument } from './document-fields.js';

/** How long the document that a field refers to is waited for, when the flow does not say: two days. */
const referenceWaitMs = 172_800_000n;

/** What a posting waits for: documents of this run that it depends on, and needs that may belong to other flows. */
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
    // What a field refers to has to be there, also when the flow does not say so.
    if (ofThisRun.has(key)) dependsOn.add(key);
    else needs.push({ postingKey: key, until: 'saved', ifNeverAsked: 'hold', afterMs: referenceWaitMs });
  }
  return { dependsOn: [...dependsOn], needs };
}

/** Posting key of a document in a target. */
export function keyIn(target: string, { document, sourceId, part }: DocumentRef): PostingKey {
  return postingKey({ target, kind: document, sourceId, ...(part === null ? {} : { part }) });
}
