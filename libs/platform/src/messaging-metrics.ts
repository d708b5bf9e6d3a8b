import { counter, gauge } from './metrics.js';

/**
 * Where libs/messaging counts: the shape of its MessagingMetrics, repeated because platform may not import messaging (a layer above).
 * Names come without prefix: `messages_retried_total`.
 */
export interface MessagingMetricsAdapter {
  count(name: string, labels: Readonly<Record<string, string>>, by?: number): void;
  set(name: string, labels: Readonly<Record<string, string>>, value: number): void;
}

const prefix = 'tributary_';

/** Metrics of messaging that are published under a clearer name. */
const renamed: Readonly<Record<string, string>> = {
  partition_holds_total: 'partition_pauses_total',
  sequences_stuck: 'sequences_blocked',
};

interface PublishedName {
  readonly current: string;
  /** Names under which the metric was published before; they keep counting, so that dashboards and alerts go on working. */
  readonly former: readonly string[];
}

function publishedNameOf(name: string, withUnprefixed: boolean): PublishedName {
  const current = renamed[name] ?? name;
  const earlier = Object.keys(renamed).filter((old) => renamed[old] === current);
  return {
    current: prefix + current,
    former: [...earlier.map((old) => prefix + old), ...(withUnprefixed ? (earlier.length > 0 ? earlier : [current]) : [])],
  };
}

/**
 * The adapter that every service gives to its publisher and transports (through `kafkaConnectionOf`): metrics are published in this
 * process's registry as `tributary_<name>`, and also under each former name.
 * @param unprefixedAliases also publish the names without `tributary_`, as transform once did.
 */
export function createMessagingMetrics({ unprefixedAliases = false } = {}): MessagingMetricsAdapter {
  const names = new Map<string, PublishedName>();
  const published = (name: string): PublishedName => {
    const known = names.get(name) ?? publishedNameOf(name, unprefixedAliases);
    names.set(name, known);
    return known;
  };
  return {
    count(name, labels, by = 1) {
      const { current, former } = published(name);
      const labelNames = Object.keys(labels);
      counter(current, helpOf(current), labelNames).inc(labels, by);
      for (const alias of former) counter(alias, aliasHelpOf(current), labelNames).inc(labels, by);
    },
    set(name, labels, value) {
      const { current, former } = published(name);
      const labelNames = Object.keys(labels);
      gauge(current, helpOf(current), labelNames).set(labels, value);
      for (const alias of former) gauge(alias, aliasHelpOf(current), labelNames).set(labels, value);
    },
  };
}

/** The adapter without aliases that only transform needs. */
export const messagingMetrics: MessagingMetricsAdapter = createMessagingMetrics();

const helpOf = (name: string): string => name.slice(prefix.length).replaceAll('_', ' ');
const aliasHelpOf = (current: string): string => `Former name of ${current}, with the same value`;
