import { events, schemaOf, topicCatalogue } from '@tributary/contracts';
import type { EventDefinition } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { recordTypeOf } from './language.js';
import type { AssetLanguage } from './language.js';

let made: AssetLanguage | undefined;

/** The records and shapes of libs/contracts: all events that can trigger a flow, and all ERP documents. */
export function shippedLanguage(): AssetLanguage {
  made ??= {
    events: new Map([...canonicalEvents(), conclusion()].map(({ type, record }) => [type, recordTypeOf(schemaOf(record))])),
    shapes: new Map(Object.entries(erpDocumentShapes)),
  };
  return made;
}

/** All canonical event types, with their records. route consumes them. */
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

/** The outcome of a posting as an event type: it triggers flows that report the outcome to other targets. */
function conclusion(): { readonly type: string; readonly record: string } {
  const { type, record } = events.postingConcluded;
  if (record === undefined) throw new TypeError(`the event ${type} has no record`);
  return { type, record };
}
