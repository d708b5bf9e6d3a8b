import type { StatusClauseView, StatusPart } from '@tributary/contracts';
import { knownDocumentResults } from '../../shared/decide/results.js';
import type { LetterEvidence, NewsEvidence, StatusEvidence } from './status-evidence.js';
import { amountPart, clauseOf, documentPart, hasEntries, instantPart, listPart, textPart } from './status-parts.js';

/** A dead or held letter: what failed where, since when, and what waits behind it. */
export function letterClause(letter: LetterEvidence): StatusClauseView {
  const { target, text, code, held, asks, ordered, at, parkedBehind, id } = letter;
  const where = target === null ? 'before any ledger' : `in ${target}`;
  const begin = asks ? `Waits for an answer ${where}` : held ? `Held for a person ${where}` : `Failed ${where}`;
  return clauseOf(
    'open',
    listPart(begin, `/dead-letters/${id}`),
    textPart(` since `),
    instantPart(at),
    textPart(`: ${text ?? code}`),
    ...(parkedBehind === 0 ? [] : [textPart('; '), listPart(`${messages(parkedBehind)} behind it`, '/dead-letters/parked')]),
    ...(ordered ? [textPart('; an order about it is under way')] : []),
  );
}

/** Messages of the payment that wait behind a failure of another message of their sequence. */
export function parkedClause(parked: number): StatusClauseView[] {
  if (parked === 0) return [];
  return [clauseOf('underWay', listPart(`${messages(parked)} behind a failed one`, '/dead-letters/parked'))];
}

const messages = (count: number): string => (count === 1 ? '1 message waits' : `${count} messages wait`);

/**
 * What Stripe reported afterwards, one clause for each refund, dispute or failure.
 * @param tone `open`: those that contradict the ledgers; any other: the rest, in this tone.
 */
export function newsClauses({ news, captures, documents }: StatusEvidence, tone: 'open' | 'settled' | 'closed'): StatusClauseView[] {
  const needed = captures.some(({ standing }) => standing === 'needsPerson');
  return news.flatMap((one): StatusClauseView[] => {
    const isOpen = one.unbooked && needed;
    if (isOpen !== (tone === 'open')) return [];
    const booked = documents.filter(
      ({ eventId, kind, result }) =>
        one.eventIds.includes(eventId) && hasEntries(kind) && result !== null && knownDocumentResults.includes(result),
    );
    const as = booked.flatMap((document, index): StatusPart[] => [
      textPart(index === 0 ? ', booked as ' : ' and as '),
      documentPart(document),
      textPart(` in ${document.target}`),
    ]);
    return [clauseOf(tone, ...wordsOf(one), ...as, ...tailOf(one.inFlight && as.length === 0, isOpen))];
  });
}

function tailOf(isOnItsWay: boolean, isOpen: boolean): StatusPart[] {
  if (isOnItsWay) return [textPart(', on its way to the ledger')];
  return isOpen ? [textPart(', and the ledger does not have it')] : [];
}

function wordsOf({ kind, amount, inquiry, status }: NewsEvidence): StatusPart[] {
  const money = amountPart(amount);
  if (kind === 'failed') return [money, textPart(' taken back by Stripe: the payment failed')];
  if (kind === 'refund-failed') return [textPart('Refund of '), money, textPart(' failed: the money came back')];
  if (kind.startsWith('refund'))
    return status === 'canceled' ? [textPart('Refund of '), money, textPart(' cancelled')] : [money, textPart(' refunded')];
  if (kind === 'dispute-withdrawn') return [money, textPart(' taken back because of a dispute')];
  if (kind === 'dispute-reinstated') return [money, textPart(' given back after a dispute')];
  if (inquiry) return [textPart('The bank asks about '), money, textPart(': no money moved')];
  if (kind === 'dispute-closed') return [textPart('Dispute over '), money, textPart(status === null ? ' closed' : ` closed: ${status}`)];
  if (kind.startsWith('dispute')) return [textPart('Dispute over '), money];
  return [textPart(`Stripe reported ${kind} over `), money];
}
