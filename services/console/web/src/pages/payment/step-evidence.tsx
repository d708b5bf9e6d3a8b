import { readable, routeOf } from '@tributary/console/routes';
import { Link } from '../../components/link.js';
import { addressPart, visibleText } from '../../format/text.js';
import type { Step } from '../../recon/shapes.js';
import { RecordOf } from '../../record/record-view.js';
import { hrefOf } from '../../shell/address.js';
import { InPlace } from './in-place.js';

interface Props {
  readonly evidence: NonNullable<Step['evidence']>;
  /** Title of the step, for those who cannot see beside what it stands. */
  readonly what: string;
  /** Id of what opens. */
  readonly place: string;
}

/** What stands behind a step: the record of a message in its place, or a link to the page of everything else. */
export function StepEvidence({ evidence: { kind, id }, what, place }: Props) {
  if (kind === 'message')
    return readable.includes('/messages/:id/record') ? (
      // Reading a record is in the audit trail, so it is read when somebody opens it.
      <InPlace place={place} title="The record" label={`The record: ${visibleText(what, 100)}`}>
        {() => <RecordOf id={id} />}
      </InPlace>
    ) : null;
  const [text, href] = pageOf(kind, id);
  if (href === undefined || !routeOf(href.split('?')[0] ?? '')) return null;
  return (
    <p>
      <Link href={href} label={`${text}: ${visibleText(what, 100)}`}>
        {text}
      </Link>
    </p>
  );
}

function pageOf(kind: string, id: string): readonly [string, string | undefined] {
  if (kind === 'letter') {
    const own = `/letters/${addressPart(id)}`;
    return ['Show the dead letter', routeOf(own) ? own : '/dead-letters'];
  }
  if (kind === 'order') return ['Show in the audit trail', hrefOf('/audit', { object: `order:${id}` })];
  if (kind === 'movement') return ['Show the movement', hrefOf('/movements', { id })];
  return ['Show in the audit trail', kind === 'audit' ? '/audit' : undefined];
}
