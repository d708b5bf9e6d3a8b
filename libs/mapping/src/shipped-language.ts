import { erpDocumentShapes, events, schemaOf, topicCatalogue } from '@tributary/contracts';
import type { EventDefinition } from '@tributary/contracts';
import { recordTypeOf } from './language.js';
import type { AssetLanguage } from './language.js';

let made: AssetLanguage | undefined;

/** The language of libs/contracts: records of all canonical events, shapes of all ERP documents. */
export function shippedLanguage(): AssetLanguage {
  made ??= {
    events: new Map(canonicalEvents().map(({ type, record }) => [type, recordTypeOf(schemaOf(record))])),
    shapes: new Map(Object.entries(erpDocumentShapes)),
  };
  return made;
}

/** Types of all events that route can be triggered by. */
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
