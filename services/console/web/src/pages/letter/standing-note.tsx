import { useState } from 'react';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { wordOf } from '../../components/chip.js';
import { visibleText } from '../../format/text.js';
import { orderVerbs } from '../../orders/labels.js';
import { orderHref } from './leads.js';
import type { Case } from './read-case.js';

/**
 * Why nothing can be decided about a letter now: whose order it is in, or was closed by. Where it was open when this page was opened, it says
 * that it changed meanwhile.
 */
export function StandingNote({ found: { letter, order } }: { readonly found: Case }) {
  const [wasOpen, setWasOpen] = useState(false);
  if (letter.state === 'open' && !wasOpen) setWasOpen(true);
  if (letter.state === 'open') return null;
  return (
    <div className="notice" role="status">
      {wasOpen && (
        <p>
          <strong>It changed while you looked at it.</strong> What you did not order was not done.
        </p>
      )}
      <p>{letter.state === 'closed' ? 'It is closed.' : 'An order has it.'}</p>
      {order !== null && (
        <p>
          {wordOf(orderVerbs, order.action, 20)}, by {visibleText(order.by, 80)}, <Instant at={order.orderedAt} />:{' '}
          {visibleText(order.reason, 400)} <Link href={orderHref(order.id)}>What becomes of it</Link>
        </p>
      )}
    </div>
  );
}
