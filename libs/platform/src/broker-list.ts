/** The entries of a comma separated list without surrounding spaces; empty entries are dropped. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Whether a comma separated list names at least one broker, each as `host:port` or `[IPv6]:port`. */
export function isBrokerList(text: string): boolean {
  const brokers = listOf(text);
  return brokers.length > 0 && brokers.every((broker) => /^(?:\[[\da-f:.]+\]|[^\s:]+):\d{1,5}$/i.test(broker));
}
