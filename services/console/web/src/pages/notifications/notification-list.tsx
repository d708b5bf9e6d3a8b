import { Chip, labelOf } from '../../components/chip.js';
import { CopyField } from '../../components/copy-field.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { visibleText } from '../../format/text.js';
import { AcknowledgeForm } from './acknowledge-form.js';
import type { Delivery, Notification } from './api.js';
import { deliveryLabels, kindLabels, severityLabels, stateLabels } from './labels.js';

interface Props {
  readonly watching: boolean;
  readonly notifications: readonly Notification[];
  readonly mayAcknowledge: boolean;
}

/** What was told, newest first. */
export function NotificationList({ watching, notifications, mayAcknowledge }: Props) {
  if (notifications.length === 0)
    return (
      <p className="notice muted">
        {watching ? (
          'Nothing was told.'
        ) : (
          <>
            Nothing is watched: set <code>RECON_NOTIFICATIONS_FILE</code> of recon to be told of dead letters, breaks and differences by
            webhook or mail.
          </>
        )}
      </p>
    );
  return (
    <ul className="notifications">
      {notifications.map((one, index) => (
        <Item key={`${one.id}-${index}`} notification={one} mayAcknowledge={mayAcknowledge} />
      ))}
    </ul>
  );
}

function Item({ notification, mayAcknowledge }: { readonly notification: Notification; readonly mayAcknowledge: boolean }) {
  const { id, severity, state, text, firedAt, clearedAt, acknowledged, runbook, page, deliveries } = notification;
  const says = visibleText(text, 400);
  return (
    <li data-row>
      <p className="says">
        <strong>{page === null || !/^\/[a-z]/.test(page) ? says : <Link href={page}>{says}</Link>}</strong>{' '}
        <Chip labels={severityLabels} word={severity} /> <Chip labels={stateLabels} word={state} />
      </p>
      <p className="muted">
        Told at <Instant at={firedAt} />
        {clearedAt !== null && (
          <>
            , over at <Instant at={clearedAt} />
          </>
        )}
        . What to do: <code>{visibleText(runbook, 120)}</code>
      </p>
      {acknowledged && (
        <p>
          {visibleText(acknowledged.by, 100)} looks after it since <Instant at={acknowledged.at} />: {visibleText(acknowledged.reason, 500)}
        </p>
      )}
      {deliveries.length > 0 && (
        <details>
          <summary>{deliveries.length === 1 ? '1 message' : `${deliveries.length} messages`}</summary>
          <Deliveries deliveries={deliveries} />
          <CopyField label="Id for the command line" value={visibleText(id, 120)} />
        </details>
      )}
      {mayAcknowledge && state === 'firing' && <AcknowledgeForm id={id} says={says} />}
    </li>
  );
}

function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  return (
    <ul>
      {deliveries.map(({ route, kind, state, endedAt, problem }, index) => (
        <li key={index}>
          {visibleText(route, 60)}, {labelOf(kindLabels, kind)}: {labelOf(deliveryLabels, state)} <Instant at={endedAt} />
          {problem !== null && <span className="muted"> ({visibleText(problem, 200)})</span>}
        </li>
      ))}
    </ul>
  );
}
