import { timeOf } from '../format/time.js';
import { connectionLabels } from './labels.js';
import type { Live } from './live.js';

/** "Last check" is the time of recon's last query, "last change" the last time that a figure changed. */
export function ConnectionLine({ live }: { readonly live: Live }) {
  return (
    <p className={`line ${live.connection}`}>
      <span role="status">
        <span className="lamp" aria-hidden="true" /> {connectionLabels[live.connection]}
      </span>
      {live.checkedAt !== undefined && <span className="muted"> · last check {timeOf(live.checkedAt)}</span>}
      {live.snapshot && <span className="muted last-change"> · last change {timeOf(live.snapshot.asOf)}</span>}
    </p>
  );
}
