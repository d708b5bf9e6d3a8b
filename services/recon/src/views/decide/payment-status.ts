import type { PaymentStatusView, StatusClauseView, StatusTone } from '@tributary/contracts';
import { heldResults, knownDocumentResults } from '../../shared/decide/results.js';
import type { StatusEvidence } from './status-evidence.js';
import { asWords, clauseOf, documentPart, hasEntries, instantPart, textPart } from './status-parts.js';
import { letterClause, newsClauses, parkedClause } from './status-trouble.js';

/** The most urgent first. */
const urgency: readonly StatusTone[] = ['open', 'underWay', 'closed', 'settled'];

/**
 * Where a payment stands, in one sentence.
 *
 * Shape:  clauses in the order of urgency, each with its tone; at least one. While a clause is open or under way, no clause is `settled`, and
 *         the words "in the ledger" are used of nothing that the payment is about.
 * Errors: never throws: a word that it does not know is shown as it is.
 */
export function paymentStatus(evidence: StatusEvidence): PaymentStatusView {
  const trouble = [...evidence.letters.map(letterClause), ...documentTrouble(evidence), ...newsClauses(evidence, 'open')];
  const open = [...trouble, ...unexplained(evidence, trouble)];
  const waiting = [...underWay(evidence), ...parkedClause(evidence.parked)];
  const calm = open.length === 0 && waiting.length === 0;
  const settled = calm && evidence.captures.length > 0 && evidence.captures.every(({ standing }) => standing === 'inLedger');
  const clauses = [
    ...open,
    ...waiting,
    ...bookedClauses(evidence, calm),
    ...(calm ? closedClauses(evidence) : []),
    ...newsClauses(evidence, settled ? 'settled' : 'closed'),
    ...payoutClauses(evidence, settled),
  ];
  const shown = clauses.length > 0 ? clauses : [clauseOf('underWay', textPart('Known, and nothing was decided about it yet'))];
  const tone = urgency.find((one) => shown.some((clause) => clause.tone === one)) ?? 'underWay';
  return { tone, clauses: inOrder(shown) };
}

/** The more urgent first; clauses of one tone stay in their order. Settled ones come before closed ones: what is booked before what is not. */
function inOrder(clauses: readonly StatusClauseView[]): StatusClauseView[] {
  const order: readonly StatusTone[] = ['open', 'underWay', 'settled', 'closed'];
  return order.flatMap((tone) => clauses.filter((clause) => clause.tone === tone));
}

/** Documents that were refused or held and have no letter that says so, and those that did something else in the ledger. */
function documentTrouble({ documents, letters }: StatusEvidence): StatusClauseView[] {
  const told = new Set(letters.map(({ target }) => target));
  return documents.flatMap((document): StatusClauseView[] => {
    const { result, target, kind, text, at, ledger } = document;
    if (result === 'rejected' && !told.has(target))
      return [clauseOf('open', textPart(`Refused by ${target}: ${asWords(kind)}${text === null ? '' : `, ${text}`}`))];
    if (result === 'held' && !told.has(target))
      return [
        clauseOf(
          'open',
          textPart(`Held for a person in ${target}: ${asWords(kind)}${text === null ? '' : `, ${text}`}, since `),
          instantPart(at),
        ),
      ];
    if (ledger === 'different')
      return [clauseOf('open', textPart(`${target} booked `), documentPart(document), textPart(' in another way than it was asked to'))];
    if (ledger === 'missing') return [clauseOf('open', textPart(`${target} has no entries for `), documentPart(document))];
    return [];
  });
}

/** Captures that need a person for a reason that no other clause tells. */
function unexplained({ captures }: StatusEvidence, told: readonly StatusClauseView[]): StatusClauseView[] {
  if (told.length > 0) return [];
  const reasons = captures.filter(({ standing }) => standing === 'needsPerson').map(({ standingReason }) => standingReason);
  return [...new Set(reasons)].map((reason) => clauseOf('open', textPart(`Needs a person: ${reason || 'it is not known why'}`)));
}

/** What was asked for and is not there yet. */
function underWay({ captures, documents }: StatusEvidence): StatusClauseView[] {
  const asked = documents.filter(({ result }) => result === null || (heldResults.includes(result) && result !== 'held'));
  const clauses = asked.map(({ target, kind, result, text, at }) =>
    result === null
      ? clauseOf('underWay', textPart(`On its way to ${target}: ${asWords(kind)}, asked for `), instantPart(at))
      : clauseOf('underWay', textPart(`Waits in ${target}: ${asWords(kind)}${text === null ? '' : `, ${text}`}, since `), instantPart(at)),
  );
  const onItsWay = captures.some(({ standing }) => standing === 'onItsWay');
  const text = documents.length === 0 ? 'On its way: nothing was asked of a ledger yet' : 'On its way: its event is still being worked on';
  return clauses.length === 0 && onItsWay ? [clauseOf('underWay', textPart(text))] : clauses;
}

/** Receipts that are there: one clause for each target, so that each is said. */
function bookedClauses({ captures, documents, news }: StatusEvidence, calm: boolean): StatusClauseView[] {
  const later = new Set(news.flatMap(({ eventIds }) => eventIds));
  const own = documents.filter(({ kind, eventId }) => hasEntries(kind) && !later.has(eventId));
  const there = own.filter(({ result }) => result !== null && knownDocumentResults.includes(result));
  const compared = captures.every(({ reconciliation }) => reconciliation === 'matched');
  const clauses = [...new Set(there.map(({ target }) => target))].map((target) => {
    const its = there.filter((document) => document.target === target);
    const numbers = its.flatMap((document, index) => [...(index === 0 ? [] : [textPart(', ')]), documentPart(document)]);
    if (!calm) return clauseOf('closed', textPart(`${target} has `), ...numbers);
    const released = compared || its.every(({ result }) => result === 'released');
    return released
      ? clauseOf('settled', textPart(`In the ledger of ${target} as `), ...numbers)
      : clauseOf('settled', textPart(`Saved in ${target} as `), ...numbers, textPart('; its ledger was not read yet'));
  });
  const confirmed = captures.some(({ standing }) => standing === 'inLedger') && there.length === 0;
  return confirmed && calm ? [clauseOf('settled', textPart('In the ledger: a person confirmed its document'))] : clauses;
}

/** Captures of which nothing is booked, deliberately or because no money came. */
function closedClauses({ captures }: StatusEvidence): StatusClauseView[] {
  const closed = captures.filter(({ standing }) => standing === 'notBooked' || standing === 'failedAtStripe');
  const texts = closed.map(({ standing, standingReason }) =>
    standing === 'failedAtStripe' ? 'Failed at Stripe: no money came' : standingReason || 'Not booked',
  );
  return [...new Set(texts)].map((text) => clauseOf('closed', textPart(text)));
}

/** Payouts that have a part of it. Where nothing of it is settled, the fact alone. */
function payoutClauses({ payouts }: StatusEvidence, settled: boolean): StatusClauseView[] {
  return payouts.map(({ payoutId, at }) =>
    clauseOf(
      settled ? 'settled' : 'closed',
      textPart('Paid out '),
      ...(at === null ? [] : [textPart('on '), instantPart(at), textPart(' ')]),
      textPart('in '),
      { kind: 'payout', text: payoutId, payoutId },
    ),
  );
}
