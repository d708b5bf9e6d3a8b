import type { Admin } from 'kafkajs';
import { kafkaClient, libraryRetry } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';

/** So that an idle publisher knows within seconds; one small request each time. */
const defaultEveryMs = 3_000;

/**
 * Asks the cluster who it is, every few seconds, over a connection of its own. The producer's own connections tell nothing while
 * nothing is sent: a broker may be gone, frozen or cut off for hours before the first message finds out.
 */
export class BrokerPing {
  private admin: Admin | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asking = false;
  private closed = false;
  /** Milliseconds; 0 while never answered. */
  lastAnswerAt = 0;
  lastProblem: string | undefined;

  constructor(
    private readonly connection: KafkaConnection,
    private readonly everyMs = defaultEveryMs,
  ) {}

  start(): void {
    if (this.timer || this.closed) return;
    this.lastAnswerAt = Date.now(); // called when a broker just answered
    this.timer = setInterval(() => void this.ask(), this.everyMs);
    this.timer.unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.admin?.disconnect().catch(() => undefined);
  }

  private async ask(): Promise<void> {
    if (this.asking || this.closed) return;
    this.asking = true;
    try {
      const admin = await this.connected();
      await admin.describeCluster();
      this.lastAnswerAt = Date.now();
      this.lastProblem = undefined;
    } catch (error) {
      this.lastProblem = error instanceof Error ? error.message : String(error);
      void this.admin?.disconnect().catch(() => undefined);
      this.admin = undefined;
    } finally {
      this.asking = false;
    }
  }

  private async connected(): Promise<Admin> {
    if (this.admin) return this.admin;
    const admin = kafkaClient({ ...this.connection, clientId: `${this.connection.clientId}-ping` }).admin({
      retry: { ...libraryRetry, retries: 0 },
    });
    this.admin = admin;
    await admin.connect();
    return admin;
  }
}
