/** Metrics of the transport. libs/platform implements them, so this library needs no metrics client. */
export interface MessagingMetrics {
  count(name: MessagingCounter, labels: Readonly<Record<string, string>>, by?: number): void;
  set(name: MessagingGauge, labels: Readonly<Record<string, string>>, value: number): void;
}

/** Names of counters, without the prefix that libs/platform adds. Published: dashboards and alerts use them. */
export type MessagingCounter =
  | 'messages_handled_total'
  | 'messages_retried_total'
  | 'messages_dead_lettered_total'
  | 'messages_parked_total'
  | 'messages_unhandled_total'
  | 'messages_text_repaired_total'
  | 'partition_holds_total'
  | 'watchdog_actions_total'
  | 'producer_resends_total'
  | 'producer_replaced_total'
  | 'producer_duplicate_answers_total';
/** Names of gauges, without the prefix that libs/platform adds. Published: dashboards and alerts use them. */
export type MessagingGauge = 'consumer_in_flight' | 'consumer_lag' | 'producer_queued_bytes' | 'sequences_stuck' | 'messages_parked';

/** Metrics that are not recorded. */
export const noMetrics: MessagingMetrics = { count: () => undefined, set: () => undefined };
