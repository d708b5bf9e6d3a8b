import type { DocumentView, PaymentDetail, PaymentView, StepView } from '@tributary/contracts';
import { topics } from '@tributary/contracts';
import type { PayloadCipher } from '@tributary/persistence';
import { contradiction, isOnItsWay } from '../../reconciliation/decide/news.js';
import type { KnownNews } from '../../reconciliation/decide/news.js';
import type { StoredEffectLine } from '../../reconciliation/decide/effect-lines.js';
import { targetOfTopic } from '../../desk/decide/order-targets.js';
import { amountText, amountView } from '../../shared/decide/amount-view.js';
import { knownDocumentResults } from '../../shared/decide/results.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import { letterTexts, shownText } from '../../shared/emit/view-payloads.js';
import { decisionSteps } from '../decide/decision-steps.js';
import type { DocumentRow } from '../decide/document-view.js';
import type { KnownMovement, MoneyDocument, MoneyEvidence } from '../decide/money-evidence.js';
import { negative, paymentMoney } from '../decide/payment-money.js';
import { paymentStatus } from '../decide/payment-status.js';
import type { LetterEvidence, NewsEvidence, StatusEvidence } from '../decide/status-evidence.js';
import type { Seen } from './seen-sql.js';
import {
  groupDecisions,
  knownNews,
  movementsOf,
  openLetters,
  ordersAbout,
  parkedBehindOthers,
  payoutsOf,
  settlementsOf,
} from './story-rows.js';
import type { LetterRow, MovementRow, Query } from './story-rows.js';

/** What the repository of payments has read of a charge. */
export interface ChargeRead {
  readonly chargeId: string;
  readonly eventIds: readonly string[];
  readonly captures: readonly PaymentView[];
  readonly documents: readonly (DocumentRow & { readonly view: DocumentView })[];
  readonly batches: readonly { readonly target: string; readonly batchId: string }[];
}

/** Topics whose messages a flow of a person's rules may ask a question about. */
const factTopics: ReadonlySet<string> = new Set([topics.party, topics.ar, topics.billing, topics.treasury, topics.risk]);

/** Status and money of a charge, and the steps that are no messages: decisions and payouts. Of what somebody may see. @param seen for parameter 2. */
export async function readStory(
  query: Query,
  cipher: PayloadCipher,
  charge: ChargeRead,
  seen: Seen,
): Promise<Pick<PaymentDetail, 'status' | 'money'> & { readonly decisions: StepView[] }> {
  const { chargeId, eventIds, captures, documents, batches } = charge;
  const news = await knownNews(query, chargeId, seen);
  const movements = await readMovements(query, chargeId, news);
  const payouts = await payoutsOf(query, [...new Set(movements.flatMap(({ payoutId }) => payoutId ?? []))]);
  const status: StatusEvidence = {
    captures: captures.map(({ standing, standingReason, reconciliation }) => ({ standing, standingReason, reconciliation })),
    documents: documents.map(({ view, decided, answer }) => ({
      ...{ postingKey: view.postingKey, target: view.target, kind: view.kind, number: view.number, eventId: view.eventId },
      ...{ result: decided ?? view.result, text: answer ?? null, at: view.requestedAt, ledger: view.ledger?.state ?? null },
    })),
    letters: (await openLetters(query, eventIds, seen)).map((row) => letterOf(row, cipher)),
    parked: await parkedBehindOthers(query, eventIds, seen),
    news: newsByObject(news),
    payouts: payouts.map(({ source, created }) => ({ payoutId: source ?? '', at: atSeconds(created) })),
  };
  const money: MoneyEvidence = {
    captures: captures.map(({ amount, receivedAt, eventId }) => ({ amount, at: receivedAt, eventId })),
    news: news.map(({ objectId, kind, minor, currency, inquiry, status: state, atMs, eventId }) => ({
      ...{ objectId, kind, amount: amountView(minor, currency), inquiry, status: state, at: isoTime(new Date(atMs)) ?? '', eventId },
    })),
    movements,
    payouts: payouts.map(({ id, source, currency, net, created }) => ({
      ...{ payoutId: source ?? '', movementId: id, currency, net, at: atSeconds(created) ?? '' },
    })),
    documents: documents.map(moneyDocument),
  };
  const orders = await ordersAbout(query, eventIds, seen);
  const groups = await groupDecisions(
    query,
    batches.map(({ target }) => target),
    batches.map(({ batchId }) => batchId),
  );
  const decisions = [...decisionSteps(orders, groups), ...payouts.map(payoutStep)];
  return { status: paymentStatus(status), money: paymentMoney(money), decisions };
}

function payoutStep({ id, source, currency, net, created }: MovementRow): StepView {
  const paid = amountText(negative(amountView(net, currency)));
  return {
    at: atSeconds(created) ?? '',
    stage: 'payout',
    title: `Paid out: ${paid}`,
    ids: { payout: source ?? '', movement: id },
    text: null,
    evidence: { kind: 'movement', id },
  };
}

/** Movements as Stripe's balance has them; a balance transaction that was not read yet, as its fact tells it. */
async function readMovements(query: Query, chargeId: string, news: readonly KnownNews[]): Promise<KnownMovement[]> {
  const read = await movementsOf(query, chargeId, [...new Set(news.map(({ objectId }) => objectId))]);
  const known = new Set(read.map(({ id }) => id));
  const told = (await settlementsOf(query, chargeId)).filter(({ id }) => !known.has(id));
  return [...told.map((row) => ({ ...row, source: null, payout_id: null })), ...read].map(movementOf);
}

function movementOf({ id, category, currency, gross, fee, created, payout_id }: MovementRow): KnownMovement {
  return { id, category, currency, gross, fee, at: atSeconds(created) ?? '', payoutId: payout_id };
}

function letterOf({ id, source_topic, code, text, held, state, dead_at, parked_behind }: LetterRow, cipher: PayloadCipher): LetterEvidence {
  return {
    ...{ id, code, held, parkedBehind: parked_behind, ordered: state === 'ordered', at: isoTime(dead_at) ?? '' },
    target: targetOfTopic(source_topic) ?? null,
    text: shownText(cipher, { table: letterTexts, column: 'text' }, [id], text),
    asks: held && source_topic !== null && factTopics.has(source_topic),
  };
}

/** All reports about a refund, a dispute or a failure as one, with what was said last. */
function newsByObject(news: readonly KnownNews[]): NewsEvidence[] {
  const objects = new Map<string, KnownNews[]>();
  for (const one of news) objects.set(one.objectId, [...(objects.get(one.objectId) ?? []), one]);
  return [...objects.values()].flatMap((about): NewsEvidence[] => {
    const last = about.at(-1);
    if (!last) return [];
    const failed = about.find(({ kind }) => kind === 'refund-failed') ?? about.find(({ kind }) => kind === 'dispute-closed');
    const { kind, minor, currency, inquiry, status } = failed ?? last;
    const eventIds = [...new Set(about.map(({ eventId }) => eventId))];
    const [unbooked, inFlight] = [contradiction(about) !== undefined, isOnItsWay(about)];
    return [{ objectId: last.objectId, kind, amount: amountView(minor, currency), inquiry, status, unbooked, inFlight, eventIds }];
  });
}

function moneyDocument({ view, decided, effect, ledger_entries }: ChargeRead['documents'][number]): MoneyDocument {
  const result = decided ?? view.result;
  return {
    ...{ postingKey: view.postingKey, target: view.target, kind: view.kind, at: view.requestedAt },
    there: result !== null && knownDocumentResults.includes(result),
    effect: storedLines(effect),
    entries: storedLines(ledger_entries),
    state: view.ledger?.state ?? null,
  };
}

/** Lines as they are stored; what is no line is left out. */
export function storedLines(value: unknown): StoredEffectLine[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (line): line is StoredEffectLine =>
      typeof line === 'object' && line !== null && typeof (line as StoredEffectLine).currency === 'string',
  );
}

function atSeconds(created: string): string | null {
  return isoTime(new Date(Number(created) * 1_000));
}
