import type { PaymentReceived, PaymentSettled, Settlement } from '@tributary/contracts';
import { Injectable } from '@nestjs/common';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { ReportedNews } from '../../reconciliation/decide/news.js';
import { lookupTermsOf } from '../../shared/decide/lookup-terms.js';
import { lookupHashes } from '../../shared/emit/lookup-hashes.js';
import { newsTexts, paymentPayloads, sealedText } from '../../shared/emit/view-payloads.js';
import { storableId, storableText, storableTime } from '../../shared/decide/storable-text.js';
import { refreshCharge } from '../../reconciliation/emit/charge-captures.js';
import { eventSubject } from '../decide/event-subject.js';
import { inEventTransaction } from './event-transaction.js';

const longestName = 300;

/** Records what Stripe reports about charges: captures, balance transactions, and events after the payment. Idempotent, in any order. */
@Injectable()
export class PaymentFactsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Stores one capture, gross, in the currency of its charge. */
  async recordPayment(payment: PaymentReceived, canonicalId: string): Promise<void> {
    const payer = payment.customer?.name ?? payment.payer.name ?? payment.payer.email;
    const part = storableId(payment.part ?? '');
    const eventId = storableId(payment.source.eventId);
    const chargeId = storableId(payment.chargeId);
    const terms = lookupTermsOf(payment);
    const hashes = await withDatabase('reading the key of look-ups', () => lookupHashes(this.dataSource, terms));
    await inEventTransaction(
      this.dataSource,
      eventId,
      async (manager) => {
        await manager.query(
          `insert into recon.payment (charge_id, part, payment_id, canonical_id, event_id, customer_id, customer_name, minor, currency, received_at,
           balance_transaction_id, lookup_hashes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (charge_id, part) do update set
           customer_name = coalesce(excluded.customer_name, recon.payment.customer_name),
           customer_id = coalesce(excluded.customer_id, recon.payment.customer_id),
           balance_transaction_id = coalesce(excluded.balance_transaction_id, recon.payment.balance_transaction_id),
           lookup_hashes = coalesce(excluded.lookup_hashes, recon.payment.lookup_hashes)`,
          [
            chargeId,
            part,
            storableId(payment.paymentId),
            storableId(canonicalId),
            eventId,
            payment.customerId === null ? null : storableId(payment.customerId),
            sealedText(
              payloadsOf(manager),
              { table: paymentPayloads, column: 'customer_name' },
              [chargeId, part],
              payer === null ? null : storableText(payer, longestName),
            ),
            payment.amount.minor.toString(),
            storableText(payment.amount.currency),
            storableTime(payment.receivedAt, new Date(0)),
            balanceTransactionOf(payment),
            hashes === undefined || hashes.length === 0 ? null : hashes,
          ],
        );
        // The name may stand in a row of an earlier event: the texts of that one are looked at again.
        await manager.query(
          `update recon.event e set texts_overwritten_at = null from recon.payment p
         where p.charge_id = $1 and p.event_id = e.event_id and e.event_id <> $2 and e.texts_overwritten_at is not null`,
          [chargeId, eventId],
        );
        if (payment.settlement) await this.recordSettlement(manager, chargeId, payment.settlement);
        // The charge may belong to another event, because a repeated fact keeps its first event.
        await refreshCharge(manager, chargeId);
      },
      eventSubject(payment.customerId, payment.source.occurredAt),
    );
  }

  /** Stores the balance transaction of a charge. */
  async recordSettled(fact: PaymentSettled): Promise<void> {
    const { settlement } = fact;
    if (!settlement) return;
    const chargeId = storableId(fact.chargeId);
    await inEventTransaction(this.dataSource, storableId(fact.source.eventId), async (manager) => {
      await this.recordSettlement(manager, chargeId, settlement);
      await refreshCharge(manager, chargeId);
    });
  }

  /** Stores a failure, refund or dispute of a charge. @param key of the record. */
  async recordNews(news: ReportedNews, key?: string): Promise<void> {
    const [eventId, factId] = [storableId(news.eventId), storableId(news.factId)];
    const reason = news.reason === null ? null : storableText(news.reason);
    await inEventTransaction(
      this.dataSource,
      eventId,
      async (manager) => {
        await manager.query(
          `insert into recon.payment_news (fact_id, event_id, charge_id, kind, object_id, at, minor, currency, status, reason, inquiry)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
          [
            factId,
            eventId,
            storableId(news.chargeId),
            news.kind,
            storableId(news.objectId),
            storableTime(news.atMs, new Date(0)),
            news.minor,
            storableText(news.currency),
            news.status === null ? null : storableText(news.status),
            sealedText(payloadsOf(manager), { table: newsTexts, column: 'reason' }, [factId], reason),
            news.inquiry,
          ],
        );
      },
      eventSubject(key, news.atMs),
    );
  }

  private async recordSettlement(manager: EntityManager, chargeId: string, settlement: Settlement): Promise<void> {
    await manager.query(
      `insert into recon.settlement (balance_transaction_id, charge_id, currency, gross, fee, net, category)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [
        storableId(settlement.balanceTransactionId),
        chargeId,
        storableText(settlement.gross.currency),
        settlement.gross.minor.toString(),
        settlement.fee.minor.toString(),
        settlement.net.minor.toString(),
        settlement.reportingCategory === null ? null : storableText(settlement.reportingCategory),
      ],
    );
  }
}

function balanceTransactionOf({ balanceTransactionId, settlement }: PaymentReceived): string | null {
  const id = balanceTransactionId ?? settlement?.balanceTransactionId ?? null;
  return id === null ? null : storableId(id);
}
