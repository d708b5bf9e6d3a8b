import { readCount, readList, readRecord, readText } from '../../recon/read-value.js';

/** What recon says of messages, as the page shows it: every reader takes anything, returns a whole value, and does not throw. */

/** A message of a chain. */
export interface Link {
  readonly id: string;
  readonly kind: string;
  readonly type: string | null;
  readonly at: string | null;
  readonly postingKey: string | null;
  readonly result: string | null;
}

/** One message. */
export interface Message extends Link {
  readonly topic: string;
  readonly target: string | null;
  readonly eventId: string;
  readonly chargeId: string | null;
  readonly deliveries: readonly { readonly place: string; readonly endpoint: string | null; readonly receivedAt: string | null }[];
  readonly chain: readonly { readonly title: string; readonly links: readonly Link[] }[];
}

/** A field of a decoded message. */
export interface Field {
  readonly path: string;
  readonly type: string;
  readonly meaning: string | null;
  readonly doc: string | null;
  readonly value: string | null;
  readonly masked: boolean;
}

/** The record of a message. */
export interface MessageRecord {
  readonly source: string;
  readonly problem: { readonly code: string; readonly text: string } | null;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly schema: {
    readonly record: string;
    readonly id: string | null;
    readonly place: string | null;
    readonly rule: string | null;
    readonly current: boolean;
  } | null;
  readonly fields: readonly Field[];
  readonly cut: boolean;
  readonly body: string | null;
  readonly masked: boolean;
}

/** A fixture of an event. */
export interface Fixture {
  readonly fileName: string;
  readonly body: string;
  readonly replaced: number;
}

/** A consumer group and its topics. */
export interface Group {
  readonly group: string;
  readonly does: string;
  readonly lag: string | null;
  readonly members: number | null;
  readonly meaning: string;
  readonly problem: string | null;
  readonly topics: readonly { readonly topic: string; readonly newest: string; readonly lag: string }[];
}

/** All consumer groups. */
export interface Groups {
  readonly asOf: string | null;
  readonly groups: readonly Group[];
}

function readLink(value: unknown): Link {
  const { id, kind, type, at, postingKey, result } = readRecord(value);
  return {
    ...{ id: readText(id) ?? '', kind: readText(kind) ?? 'unknown', type: readText(type), at: readText(at) },
    ...{ postingKey: readText(postingKey), result: readText(result) },
  };
}

/** One message with its chain, in the order in which the messages came to be. */
export function readMessage(value: unknown): Message {
  const message = readRecord(value);
  const { raw, canonical, requests, outcomes } = readRecord(message.chain);
  return {
    ...readLink(value),
    ...{ topic: readText(message.topic) ?? '', target: readText(message.target), eventId: readText(message.eventId) ?? '' },
    chargeId: readText(message.chargeId),
    deliveries: readList(message.deliveries, (one) => {
      const { partition, offset, endpoint, receivedAt } = readRecord(one);
      const place = `partition ${readText(partition) ?? '?'}, offset ${readText(offset) ?? '?'}`;
      return { place, endpoint: readText(endpoint), receivedAt: readText(receivedAt) };
    }),
    chain: [
      { title: 'Webhook', links: readList(raw === null || raw === undefined ? [] : [raw], readLink) },
      { title: 'Canonical facts', links: readList(canonical, readLink) },
      { title: 'Posting requests', links: readList(requests, readLink) },
      { title: 'Outcomes', links: readList(outcomes, readLink) },
    ],
  };
}

function readField(value: unknown): Field {
  const { path, type, meaning, doc, value: text, masked } = readRecord(value);
  return {
    ...{ path: readText(path) ?? '', type: readText(type) ?? '', meaning: readText(meaning), doc: readText(doc) },
    ...{ value: readText(text), masked: masked === true },
  };
}

function readSchema(value: unknown): MessageRecord['schema'] {
  const { id, record, subject, version, compatibility, current } = readRecord(value);
  if (readText(record) === null) return null;
  return {
    ...{ record: readText(record) ?? '', id: readText(id), rule: readText(compatibility), current: current === true },
    place: readText(subject) === null ? null : `${readText(subject)}, version ${readText(version) ?? '?'}`,
  };
}

/** The record of a message, with what is known of its place. */
export function readMessageRecord(value: unknown): MessageRecord {
  const record = readRecord(value);
  const problem = readRecord(record.problem);
  const facts: [string, unknown][] = [
    ...([
      ['Topic', record.topic],
      ['Partition', record.partition],
      ['Offset', record.offset],
      ['Key', record.key],
    ] as [string, unknown][]),
    ...([
      ['Written (UTC)', record.writtenAt],
      ['Bytes', record.bytes],
    ] as [string, unknown][]),
  ];
  const named = (one: unknown) => ({ name: readText(readRecord(one).name) ?? '', value: readText(readRecord(one).value) ?? '' });
  return {
    source: readText(record.source) ?? 'none',
    problem: readText(problem.text) === null ? null : { code: readText(problem.code) ?? '', text: readText(problem.text) ?? '' },
    facts: facts.flatMap(([name, fact]) => (readText(fact) === null ? [] : [{ name, value: readText(fact) ?? '' }])),
    ...{ headers: readList(record.headers, named), schema: readSchema(record.schema), fields: readList(record.fields, readField) },
    ...{ cut: record.cut === true, body: readText(record.body), masked: record.masked === true },
  };
}

/** A fixture; without a body an empty one. */
export function readFixture(value: unknown): Fixture {
  const { fileName, body, replaced } = readRecord(value);
  return { fileName: readText(fileName) ?? 'event.json', body: readText(body) ?? '', replaced: readList(replaced, readText).length };
}

/** Where the consumer groups stand. */
export function readGroups(value: unknown): Groups {
  const { asOf, groups } = readRecord(value);
  return {
    asOf: readText(asOf),
    groups: readList(groups, (one) => {
      const { group, does, lag, members, meaning, problem, topics } = readRecord(one);
      const topic = (row: unknown) => {
        const { topic: name, newest, lag: behind } = readRecord(row);
        return { topic: readText(name) ?? '', newest: readText(newest) ?? '', lag: readText(behind) ?? '' };
      };
      return {
        ...{ group: readText(group) ?? '', does: readText(does) ?? '', lag: readText(lag), members: readCount(members) },
        ...{ meaning: readText(meaning) ?? '', problem: readText(problem), topics: readList(topics, topic) },
      };
    }),
  };
}
