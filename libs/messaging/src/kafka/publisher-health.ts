import type { BrokerPing } from './broker-ping.js';

/** Whether Kafka accepts what a publisher sends, from the messages that wait for it and the answers of its brokers. */
export class PublisherHealth {
  /** Messages that wait for an acknowledgement. */
  waiting = 0;
  /** The last problem with a broker, for messages. */
  lastProblem = 'not connected yet';
  private waitingSince = 0;
  private lastSuccessAt = Date.now();
  private connectedOnce = false;

  constructor(
    private readonly brokers: readonly string[],
    private readonly ping: Pick<BrokerPing, 'lastAnswerAt' | 'lastProblem'>,
    private readonly unhealthyAfterMs: number,
  ) {}

  private get where(): string {
    return `Kafka at ${this.brokers.join(',')}`;
  }

  connected(): void {
    this.connectedOnce = true;
  }

  /** A message waits for its acknowledgement from now on. */
  began(): void {
    if (this.waiting === 0) this.waitingSince = Date.now();
    this.waiting += 1;
  }

  acknowledged(): void {
    this.lastSuccessAt = Date.now();
  }

  /** A message no longer waits: it was acknowledged, or refused. */
  ended(): void {
    this.waiting -= 1;
  }

  /** undefined while Kafka accepts records, else the reason. */
  problem(): string | undefined {
    if (!this.connectedOnce) return `${this.where}: ${this.lastProblem}`;
    const now = Date.now();
    const stuckMs = now - Math.max(this.lastSuccessAt, this.waitingSince);
    if (this.waiting > 0 && stuckMs > this.unhealthyAfterMs)
      return `Kafka has taken nothing for ${stuckMs} ms while ${this.waiting} messages wait: ${this.lastProblem}`;
    const silentMs = now - Math.max(this.lastSuccessAt, this.ping.lastAnswerAt);
    return silentMs > this.unhealthyAfterMs
      ? `${this.where} has answered nothing for ${silentMs} ms: ${this.ping.lastProblem ?? 'no answer'}`
      : undefined;
  }
}
