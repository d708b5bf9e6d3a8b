import { shownZone } from '../format/company-format.js';
import { instantFrom, instantOf } from '../format/time.js';

/** An instant, in the zone of the company, else of the reader; nothing where there is none. */
export function Instant({ at }: { readonly at: string | null }) {
  return at === null ? null : <time dateTime={instantFrom(at)}>{instantOf(at)}</time>;
}

/** Says once per list which zone its times are in. */
export function ZoneNote() {
  return <span className="muted">Times in {shownZone().replaceAll('_', ' ')}</span>;
}
