import { events, schemaOf, topicCatalogue } from '@tributary/contracts';
import type { EventDefinition } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { recordTypeOf } from './language.js';
import type { AssetLanguage } from './language.js';

let made: AssetLanguage | undefined;

/** The language of libs/contracts: records of all events that a flow can be triggered by, shapes of all ERP documents. */
export function shippedLanguage(): AssetLanguage {
  made ??= {
    events: new Map([...canonicalEvents(), conclusion()].map(({ type, record }) => [type, recordTypeOf(schemaOf(record))])),
    shapes: new Map(Object.entries(erpDocumentShapes)),
  };
  return made;
}

/** Types of all canonical events, which route is triggered by. */
export function canonicalEvents(): { readonly type: string; readonly record: string }[] {
  const canonical = new Set(
    topicCatalogue({ targets: [] })
      .filter(({ kind }) => kind === 'canonical')
      .map(({ name }) => name),
  );
  const definitions: readonly EventDefinition<unknown>[] = Object.values(events);
  return definitions.flatMap(({ type, topic, record }) =>
    topic !== undefined && record !== undefined && canonical.has(topic) ? [{ type, record }] : [],
  );
}

/** What became of a posting: triggers the flows that tell other targets of it. */
function conclusion(): { readonly type: string; readonly record: string } {
  const { type, record } = events.postingConcluded;
  if (record === undefined) throw new TypeError(`the event ${type} has no record`);
  return { type, record };
}
