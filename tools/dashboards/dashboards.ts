/** One picture of a dashboard: what it shows, and the query behind it. */
export interface PanelOf {
  readonly title: string;
  /** What it means and when to worry: shown beside the title. */
  readonly says: string;
  /** Expressions in PromQL, by the text of their legend. */
  readonly queries: Readonly<Record<string, string>>;
  /** Grafana's name of the unit: s, reqps, bytes, percentunit, short. */
  readonly unit: string;
  /** A number for now, or lines over time. */
  readonly kind: 'number' | 'lines';
}

/** A dashboard. */
export interface DashboardOf {
  /** Name of its file, and its address in Grafana behind `tributary-`. */
  readonly name: string;
  readonly title: string;
  readonly panels: readonly PanelOf[];
}

const lines = (title: string, unit: string, queries: PanelOf['queries'], says: string): PanelOf => ({
  title,
  says,
  queries,
  unit,
  kind: 'lines',
});
const number = (title: string, unit: string, queries: PanelOf['queries'], says: string): PanelOf => ({
  title,
  says,
  queries,
  unit,
  kind: 'number',
});
const rate = (metric: string, by: string): string => `sum by (${by}) (rate(${metric}[$__rate_interval]))`;
const quantile = (share: number, metric: string, by: string): string =>
  `histogram_quantile(${share}, sum by (le, ${by}) (rate(${metric}_bucket[$__rate_interval])))`;

const asked = rate('ingest_requests_total', 'endpoint');
const refused = rate('ingest_requests_total{outcome!~"accepted|dropped"}', 'endpoint');

/** The dashboards, from the money down to the transport. */
export const dashboards: readonly DashboardOf[] = [
  {
    name: 'money',
    title: 'Tributary: money',
    panels: [
      number(
        'Open',
        'short',
        { '{{what}}': 'recon_open_items' },
        'What somebody has to look at; the lists behind these numbers are in the console. 0 is good.',
      ),
      number(
        'Oldest payment on its way',
        's',
        { '': 'recon_oldest_unposted_seconds' },
        'Age of the oldest payment that is not in the ledger yet.',
      ),
      number(
        'Money in dead letters',
        'short',
        { '{{currency}}': 'recon_money_at_risk_minor' },
        'With what waits behind them, in minor units.',
      ),
      number(
        'Orders that wait for a second person',
        'short',
        { '': 'recon_orders_waiting' },
        'Given by one person, not approved by another.',
      ),
      lines(
        'Clearing less Stripe',
        'short',
        { '{{target}} {{currency}}': 'recon_clearing_difference_minor' },
        'Minor units. Not 0 for long: something is missing or booked twice.',
      ),
      lines(
        'Documents that did something else',
        'short',
        { documents: 'recon_ledger_effects_different', unbalanced: 'recon_books_unbalanced' },
        'Compared with the entries of the ERP itself.',
      ),
      lines(
        'Documents by result',
        'short',
        { '{{target}} {{result}}': 'sum by (target, result) (increase(erp_sink_conclusions_total[1h]))' },
        'Postings that came to an end, an hour.',
      ),
      lines(
        'Movements in suspense',
        'short',
        { '{{flow}}': 'sum by (flow) (increase(transform_suspense_total[1d]))' },
        'Movements of Stripe that no row of movements.csv knows, a day.',
      ),
      number(
        'Age of these figures',
        's',
        { '': 'time() - max(recon_figures_read_seconds)' },
        'recon reads them every few seconds. Minutes: they are old, and the numbers beside this one, too.',
      ),
      lines(
        'Notifications',
        'short',
        { '{{route}} {{result}}': 'sum by (route, result) (increase(recon_notifications_total[1h]))' },
        'Attempts to tell somebody, an hour. `given up`: nobody was told by this route.',
      ),
      number(
        'Deeds that wait for the audit trail',
        'short',
        { '{{job}}': 'sum by (job) (tributary_audit_reports_waiting)' },
        'Reports of services that recon has not taken. 0 is good.',
      ),
    ],
  },
  {
    name: 'door',
    title: 'Tributary: webhooks',
    panels: [
      lines('Deliveries', 'reqps', { '{{outcome}}': rate('ingest_requests_total', 'outcome') }, 'By what became of them.'),
      lines(
        'Share that was refused',
        'percentunit',
        {
          '{{endpoint}}': `(${refused} or 0 * ${asked}) / ${asked}`, // without a refusal there is no series of one, and the share is 0
        },
        'Signatures, bodies, and 503 while Kafka is away.',
      ),
      lines(
        'Until Kafka has it',
        's',
        { p50: quantile(0.5, 'ingest_publish_seconds', 'job'), p99: quantile(0.99, 'ingest_publish_seconds', 'job') },
        'From the request to the acknowledgement.',
      ),
      lines(
        'Bytes that Kafka has not acknowledged',
        'bytes',
        { '{{instance}}': 'ingest_in_flight_bytes' },
        'Grows while the broker is slow.',
      ),
      lines(
        'Size of bodies',
        'bytes',
        { p50: quantile(0.5, 'ingest_body_bytes', 'job'), p99: quantile(0.99, 'ingest_body_bytes', 'job') },
        'Accepted ones.',
      ),
      lines(
        'Deliveries by secret',
        'reqps',
        { '{{endpoint}} {{secret}}': rate('ingest_secret_used_total', 'endpoint, secret') },
        'While a secret is rotated: only 0 counts on in the end.',
      ),
      lines(
        'Another API version',
        'reqps',
        { '{{endpoint}}': rate('ingest_version_mismatch_total', 'endpoint') },
        'Deliveries that have to be adapted.',
      ),
      lines(
        'Card numbers that were masked',
        'reqps',
        { '{{endpoint}}': rate('ingest_masked_values_total', 'endpoint') },
        'Before anything was stored. Somebody types them into a text field.',
      ),
    ],
  },
  {
    name: 'ledgers',
    title: 'Tributary: ledgers',
    panels: [
      lines(
        'Calls by answer',
        'reqps',
        { '{{target}} {{answer}}': rate('erp_sink_call_seconds_count', 'target, answer') },
        'Of the connector. `unknown`: no answer to a write; it is looked up before anything is repeated.',
      ),
      lines(
        'How long a call takes',
        's',
        {
          '{{target}} p50': quantile(0.5, 'erp_sink_call_seconds', 'target'),
          '{{target}} p95': quantile(0.95, 'erp_sink_call_seconds', 'target'),
        },
        'All calls of the connector.',
      ),
      lines(
        'Writes without an answer',
        'short',
        { '{{target}}': 'sum by (target) (increase(erp_sink_call_seconds_count{answer="unknown"}[1h]))' },
        'In the last hour.',
      ),
      lines(
        'Postings by result',
        'short',
        { '{{target}} {{kind}} {{result}}': 'sum by (target, kind, result) (increase(erp_sink_conclusions_total[1h]))' },
        'In the last hour.',
      ),
      lines(
        'Batches',
        'short',
        { '{{target}} {{result}}': 'sum by (target, result) (increase(erp_sink_batches_total[1h]))' },
        'Released, failed or unresolved, in the last hour.',
      ),
      lines(
        'Pauses',
        'short',
        { '{{group}} {{code}}': 'sum by (group, code) (increase(tributary_partition_pauses_total[15m]))' },
        'A target that does not answer: its group stops fetching and loses nothing.',
      ),
      number(
        'Targets that somebody paused',
        'short',
        { '{{target}}': 'max by (target) (erp_sink_target_paused)' },
        '1: nothing is sent to it until somebody resumes it.',
      ),
      number(
        'What targets lack',
        'short',
        { '{{target}} {{level}}': 'sum by (target, level) (erp_sink_target_findings{level!="ok"})' },
        'What the last check of a target found, by level; `npm run check:targets` says what to do.',
      ),
      number(
        'Since the last sweep',
        's',
        { '{{target}}': 'time() - erp_sink_last_sweep_seconds' },
        'The sweep takes up what a crash left open.',
      ),
      lines(
        'Objects asked of Stripe',
        'reqps',
        { '{{object}} {{result}}': rate('transform_enrichment_total', 'object, result') },
        'Settlements and what an event leaves out.',
      ),
    ],
  },
  {
    name: 'transport',
    title: 'Tributary: transport and processes',
    panels: [
      lines('Messages', 'reqps', { '{{group}}': rate('tributary_messages_handled_total', 'group') }, 'Handled, by consumer group.'),
      lines('Lag', 'short', { '{{group}}': 'sum by (group) (tributary_consumer_lag)' }, 'Messages that a group has not read yet.'),
      lines(
        'Retries',
        'reqps',
        { '{{group}} {{code}}': rate('tributary_messages_retried_total', 'group, code') },
        'By the code of the error.',
      ),
      lines(
        'Dead letters',
        'short',
        { '{{group}} {{code}}': 'sum by (group, code) (increase(tributary_messages_dead_lettered_total[1h]))' },
        'In the last hour.',
      ),
      lines(
        'Blocked sequences and what waits in them',
        'short',
        {
          '{{group}} sequences': 'sum by (group) (tributary_sequences_blocked)',
          '{{group}} messages': 'sum by (group) (tributary_messages_parked)',
        },
        'One bad message stops its own sequence only.',
      ),
      lines(
        'Bytes on their way to Kafka',
        'bytes',
        { '{{client}}': 'sum by (client) (tributary_producer_queued_bytes)' },
        'Of each producer.',
      ),
      lines(
        'Producers',
        'reqps',
        {
          '{{client}} sent again': rate('tributary_producer_resends_total', 'client'),
          '{{client}} replaced': rate('tributary_producer_replaced_total', 'client'),
        },
        'Broken connections; repeated writes are recognised by the broker.',
      ),
      lines('Event loop', 's', { '{{job}}': 'max by (job) (nodejs_eventloop_lag_p99_seconds)' }, 'How late a process is, p99.'),
      lines('Memory', 'bytes', { '{{job}} {{instance}}': 'process_resident_memory_bytes' }, 'Resident.'),
    ],
  },
];
