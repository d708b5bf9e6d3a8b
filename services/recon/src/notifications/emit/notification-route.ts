import type { NotificationMessage, NotificationSeverity } from '@tributary/contracts';

/** How an attempt to send ended. */
export type Sent = { readonly ok: true } | { readonly ok: false; readonly problem: string; readonly retryAfterMs?: number | undefined };

/** One place that messages go to. */
export interface NotificationRoute {
  readonly name: string;
  readonly kind: 'webhook' | 'mail';
  readonly severities: readonly NotificationSeverity[];
  /** Where to, as people may see it: without the path of an address, which may be a secret. */
  readonly to: string;
  /** Sends one message, once. Throws nothing: what went wrong is its answer, without secrets. @param body the message as it is stored. */
  send(message: NotificationMessage, body: string): Promise<Sent>;
}
