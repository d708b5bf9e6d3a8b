/** SQL statements that create the tables in an existing schema, for a service's migration. */
export function parkingLotTables(schema: string): string[] {
  return [
    `create table ${schema}.ladder_partition (
       consumer_group text not null, topic text not null, partition integer not null, fence bigint not null,
       primary key (consumer_group, topic, partition))`,
    `create table ${schema}.ladder_sequence (
       consumer_group text not null, topic text not null, partition integer not null, sequence text not null,
       head_offset bigint not null, place text not null check (place in ('rung', 'dead', 'held')), attempts integer not null,
       climbs integer not null, first_failure_at timestamptz, due_at timestamptz, code text not null,
       order_id text, order_action text, changed_at timestamptz not null default clock_timestamp(),
       primary key (consumer_group, topic, partition, sequence))`,
    `create table ${schema}.ladder_parked (
       consumer_group text not null, topic text not null, partition integer not null, message_offset bigint not null,
       sequence text not null, key bytea, value bytea, headers jsonb not null, written_at timestamptz not null,
       parked_at timestamptz not null default clock_timestamp(),
       primary key (consumer_group, topic, partition, message_offset))`,
    `create table ${schema}.ladder_order (
       order_id text primary key, result text not null, answered_at timestamptz not null default clock_timestamp())`,
  ];
}
