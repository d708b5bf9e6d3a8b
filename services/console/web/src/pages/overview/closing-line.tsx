import { Link } from '../../components/link.js';
import { counted, visibleText } from '../../format/text.js';
import { units } from '../../recon/labels.js';
import { closingOf } from './closing.js';
import type { Today } from './read-today.js';

/** Whether the day that is shown can be closed, in one sentence; else what is in the way. */
export function ClosingLine({ today }: { readonly today: Today }) {
  const { onItsWay, needsPerson, toDo, differing, accounts, isOver, isSafe } = closingOf(today, new Date());
  const day = today.date === null ? 'The day' : visibleText(today.date, 12);
  if (isSafe)
    return (
      <p className="closing good">
        {isOver ? `${day} is safe to close` : `${day} is not over. So far it would be safe to close`}: nothing of it is open, and{' '}
        {accounts === 1 ? 'the clearing account equals' : `all ${accounts} clearing accounts equal`} Stripe.
      </p>
    );
  const reasons = [
    ...(needsPerson === 0
      ? []
      : [`${counted(needsPerson, units.payment.one, units.payment.many)} of the day ${needsPerson === 1 ? 'needs' : 'need'} a person`]),
    ...(onItsWay === 0
      ? []
      : [`${counted(onItsWay, units.payment.one, units.payment.many)} of the day ${onItsWay === 1 ? 'is' : 'are'} on the way`]),
    ...(toDo === 0
      ? []
      : [toDo === null ? 'something waits for a person' : `${counted(toDo, 'thing')} ${toDo === 1 ? 'waits' : 'wait'} for a person`]),
    ...(differing.length === 0 ? [] : [`clearing differs from Stripe in ${differing.map((one) => visibleText(one, 60)).join(', ')}`]),
    ...(accounts === 0 ? ['no clearing account was compared with Stripe yet'] : []),
    ...(today.problems.length === 0 ? [] : ['not everything could be read']),
  ];
  return (
    <p className="closing bad">
      {day} is not safe to close: {reasons.join('; ')}. <Link href="/books">Books</Link>
    </p>
  );
}
