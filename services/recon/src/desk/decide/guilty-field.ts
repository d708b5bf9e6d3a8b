import { events } from '@tributary/contracts';
import type { GuiltyFieldView } from '@tributary/contracts';
import { failureContext } from './failure-context.js';

/**
 * The field for which a message failed, of the context of its failure: `path` of a reader names a place in what was read, `field` of a mapping
 * or a target a field of the ERP's document. undefined: the failure names none.
 */
export function guiltyField(eventType: string | null, headers: Readonly<Record<string, string>>): GuiltyFieldView | undefined {
  const { path, field } = failureContext(headers);
  if (path !== undefined) return { named: path, path: eventType === events.stripeEventReceived.type ? pathInEvent(path) : path };
  if (field === undefined || field === '') return undefined;
  return { named: field, path: eventType === events.postingRequested.type ? `fields.${field}` : null };
}

/** Readers of a Stripe event call the event itself `event`, and its body as bytes `(body)`. */
function pathInEvent(path: string): string {
  return path === '(body)' || path === 'event' ? '' : path.replace(/^event\./, '');
}
