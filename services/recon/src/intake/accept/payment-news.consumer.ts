import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type {
  DisputeClosed,
  DisputeFundsReinstated,
  DisputeFundsWithdrawn,
  DisputeOpened,
  DisputeUpdated,
  PaymentFailed,
  RefundCreated,
  RefundFailed,
  RefundUpdated,
} from '@tributary/contracts';
import { events } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { newsOfDispute, newsOfFailure, newsOfRefund } from '../../reconciliation/decide/news.js';
import type { ReportedNews } from '../../reconciliation/decide/news.js';
import { PaymentFactsRepository } from '../emit/payment-facts.repository.js';

/** Consumes facts about a charge after its payment: failures, refunds, disputes. */
@Controller()
export class PaymentNewsConsumer {
  constructor(private readonly payments: PaymentFactsRepository) {}

  @EventPattern<string>(events.paymentFailed.type)
  onFailed(@Payload() fact: PaymentFailed, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfFailure(fact, eventId), key);
  }

  @EventPattern<string>(events.refundCreated.type)
  onRefund(@Payload() fact: RefundCreated, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfRefund('refund', fact, eventId), key);
  }

  @EventPattern<string>(events.refundUpdated.type)
  onRefundUpdated(@Payload() fact: RefundUpdated, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfRefund('refund-updated', fact, eventId), key);
  }

  @EventPattern<string>(events.refundFailed.type)
  onRefundFailed(@Payload() fact: RefundFailed, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfRefund('refund-failed', fact, eventId), key);
  }

  @EventPattern<string>(events.disputeOpened.type)
  onDispute(@Payload() fact: DisputeOpened, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfDispute('dispute', fact, eventId), key);
  }

  @EventPattern<string>(events.disputeUpdated.type)
  onDisputeUpdated(@Payload() fact: DisputeUpdated, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfDispute('dispute-updated', fact, eventId), key);
  }

  @EventPattern<string>(events.disputeFundsWithdrawn.type)
  onWithdrawn(@Payload() fact: DisputeFundsWithdrawn, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfDispute('dispute-withdrawn', fact, eventId), key);
  }

  @EventPattern<string>(events.disputeFundsReinstated.type)
  onReinstated(@Payload() fact: DisputeFundsReinstated, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfDispute('dispute-reinstated', fact, eventId), key);
  }

  @EventPattern<string>(events.disputeClosed.type)
  onClosed(@Payload() fact: DisputeClosed, @Ctx() { eventId, key }: MessageContext): Promise<void> {
    return this.record(newsOfDispute('dispute-closed', fact, eventId), key);
  }

  private async record(news: ReportedNews | undefined, key: string): Promise<void> {
    if (news) await this.payments.recordNews(news, key);
  }
}
