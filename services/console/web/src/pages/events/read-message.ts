import type { ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readCount, readerOf, readLength, readList, readMaybe, readRecord, readText, readWord } from '../../recon/read-value.js';

/** A message of a chain. */
export type Link = ReturnType<typeof readLink>;
/** One message. */
export type Message = ReturnType<typeof readMessage>;
/** A fixture of an event. */
export type Fixture = ReturnType<typeof readFixture>;
/** All consumer groups. */
export type Groups = ReturnType<typeof readGroups>;
/** A consumer group and its topics. */
export type Group = Groups['groups'][number];

const readLink = readerOf<ReconShapes['MessageLink']>()({
  id: readWord,
  kind: (value) => readText(value) ?? 'unknown',
  type: readText,
  at: readText,
  postingKey: readText,
  result: readText,
});

function readDelivery(value: Sent<ReconShapes['MessageView']['deliveries'][number]>) {
  const { partition, offset, endpoint, receivedAt } = readRecord(value);
  const place = `partition ${readText(partition) ?? '?'}, offset ${readText(offset) ?? '?'}`;
  return { place, endpoint: readText(endpoint), receivedAt: readText(receivedAt) };
}

/** One message with its chain, in the order in which the messages came to be. */
export function readMessage(value: Sent<ReconShapes['MessageView']>) {
  const { topic, target, eventId, chargeId, deliveries, chain } = readRecord(value);
  const { raw, canonical, requests, outcomes } = readRecord(chain);
  const webhook = readMaybe(raw, readLink);
  return {
    ...readLink(value),
    ...{ topic: readWord(topic), target: readText(target), eventId: readWord(eventId), chargeId: readText(chargeId) },
    deliveries: readList(deliveries, readDelivery),
    chain: [
      { title: 'Webhook', links: webhook === null ? [] : [webhook] },
      { title: 'Canonical facts', links: readList(canonical, readLink) },
      { title: 'Posting requests', links: readList(requests, readLink) },
      { title: 'Outcomes', links: readList(outcomes, readLink) },
    ],
  };
}

/** A fixture; without a body an empty one. `replaced`: how many values are stand-ins. */
export const readFixture = readerOf<ReconShapes['MessageFixtureView']>()({
  fileName: (value) => readText(value) ?? 'event.json',
  body: readWord,
  replaced: readLength,
});

const readTopic = readerOf<ReconShapes['ConsumerGroupView']['topics'][number]>()({ topic: readWord, newest: readWord, lag: readWord });

const readGroup = readerOf<ReconShapes['ConsumerGroupView']>()({
  group: readWord,
  does: readWord,
  lag: readText,
  members: readCount,
  meaning: readWord,
  problem: readText,
  topics: (value) => readList(value, readTopic),
});

/** Where the consumer groups stand. */
export const readGroups = readerOf<ReconShapes['ConsumerGroupsView']>()({
  asOf: readText,
  groups: (value) => readList(value, readGroup),
});
