import { readable, routeOf } from '@tributary/console/routes';
import { useState } from 'react';
import { Link } from '../../components/link.js';
import { addressPart, visibleText } from '../../format/text.js';
import type { Step } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';
import { MessageRecord } from './message-record.js';

interface Props {
  readonly evidence: NonNullable<Step['evidence']>;
  /** Title of the step, for those who cannot see beside what it stands. */
  readonly what: string;
}

/** What stands behind a step: the record of a message in its place, or a link to the page of everything else. */
export function StepEvidence({ evidence: { kind, id }, what }: Props) {
  if (kind === 'message') return readable.includes('/messages/:id/record') ? <MessageInPlace id={id} what={what} /> : null;
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

/** Reads the record when somebody opens it: reading it is recorded, so it is read once for each opening. */
function MessageInPlace({ id, what }: { readonly id: string; readonly what: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="evidence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={`The record: ${visibleText(what, 100)}`}>The record</summary>
      {open && <MessageRecord id={id} />}
    </details>
  );
}
