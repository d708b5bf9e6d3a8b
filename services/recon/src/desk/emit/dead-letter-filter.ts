/** Which dead letters: all that is given has to match. */
export interface DeadLetterFilter {
  readonly ids?: readonly string[] | undefined;
  /** Stable error code. */
  readonly cause?: string | undefined;
  readonly group?: string | undefined;
  /** Topic that the message was read from. */
  readonly topic?: string | undefined;
  readonly sequence?: string | undefined;
  readonly eventType?: string | undefined;
  readonly state?: 'open' | 'ordered' | 'closed' | 'notClosed' | undefined;
  readonly currency?: string | undefined;
  /** Died not before; ISO 8601. */
  readonly from?: string | undefined;
  /** Died before; ISO 8601. */
  readonly to?: string | undefined;
}

/** The condition over `recon.dead_letter l`, with its values. Column names come from here, values from outside are parameters. */
export function deadLetterCondition(filter: DeadLetterFilter): { readonly sql: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add((one) => `l.id = any(${one}::text[])`, filter.ids);
  add((one) => `l.code = ${one}`, filter.cause);
  add((one) => `l.consumer_group = ${one}`, filter.group);
  add((one) => `l.source_topic = ${one}`, filter.topic);
  add((one) => `l.sequence = ${one}`, filter.sequence);
  add((one) => `l.event_type = ${one}`, filter.eventType);
  if (filter.state === 'notClosed') conditions.push(`l.state <> 'closed'`);
  else add((one) => `l.state = ${one}`, filter.state);
  add((one) => `l.currency = ${one}`, filter.currency);
  add((one) => `l.dead_at >= ${one}::timestamptz`, filter.from);
  add((one) => `l.dead_at < ${one}::timestamptz`, filter.to);
  return { sql: conditions.length === 0 ? 'true' : conditions.join(' and '), values };
}
