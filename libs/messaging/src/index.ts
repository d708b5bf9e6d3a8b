export type { BreakerFailure } from './circuit-breaker.js';
export { deadLetterPattern, isDeadLetterTopic } from './envelope.js';
export type { IncomingMessage } from './envelope.js';
export {
  KafkaRightMissingError,
  MessageTooLargeError,
  PoisonMessageError,
  PublishTimeoutError,
  RegistryUnavailableError,
  SchemaNotRegisteredError,
  UnencodableMessageError,
} from './errors.js';
export { InMemoryBroker, InMemoryPublisher } from './in-memory/in-memory-broker.js';
export { InMemoryTransport } from './in-memory/in-memory-transport.js';
export type { InMemoryTransportOptions } from './in-memory/in-memory-transport.js';
export { readBrokerClocks } from './kafka/broker-clocks.js';
export type { BrokerClock } from './kafka/broker-clocks.js';
export { GroupAdmin } from './kafka/group-admin.js';
export type { GroupPosition, TopicPosition } from './kafka/group-admin.js';
export type { KafkaConnection } from './kafka/kafka-client.js';
export { KafkaPublisher } from './kafka/kafka-publisher.js';
export type { KafkaPublisherOptions } from './kafka/kafka-publisher.js';
export { KafkaTransport } from './kafka/kafka-transport.js';
export type { KafkaTransportOptions } from './kafka/kafka-transport.js';
export { RecordGoneError, RecordReader } from './kafka/record-reader.js';
export type { RecordSearch } from './kafka/record-reader.js';
export { RightsAdmin } from './kafka/rights-admin.js';
export type { GrantedRight } from './kafka/rights-admin.js';
export { readSpans, spansOf } from './kafka/topic-reader.js';
export type { TopicReaderOptions, TopicSpan } from './kafka/span-reader.js';
export { TopicAdmin } from './kafka/topic-admin.js';
export type { EnsuredTopics, TopicSpecification } from './kafka/topic-admin.js';
export { InMemoryParkingLot } from './ladder/in-memory-parking-lot.js';
export { ParkedMessageMissingError, PartitionFencedError } from './ladder/ladder.errors.js';
export type { LadderClaim, LadderPartition, SequenceChange, ParkingLot, StoredSequence } from './ladder/parking-lot.js';
export { sequenceOf } from './ladder/partition-ladder.js';
export type { LadderOptions } from './ladder/ladder-options.js';
export { parkingLotTables } from './ladder/parking-lot-tables.js';
export { parkedPayloads } from './ladder/parked-payloads.js';
export type { ParkedCipher } from './ladder/parked-payloads.js';
export { PostgresParkingLot } from './ladder/postgres-parking-lot.js';
export type { SqlClient } from './ladder/postgres-parking-lot.js';
export { outgoing, PUBLISHER } from './message.js';
export type { MessageContext, Outgoing, Publisher, PublishOptions, RawRecord } from './message.js';
export { noMetrics } from './metrics.js';
export type { MessagingCounter, MessagingGauge, MessagingMetrics } from './metrics.js';
export { pipelineExceptionFilter, PipelineExceptionFilter } from './nest.js';
export type { Clock } from './clock.js';
export { defaultRetryPolicy, quickRetryPolicy } from './retry-policy.js';
export type { RetryPolicy } from './retry-policy.js';
export type { BreakerOptions } from './breaker-options.js';
export type { MessageSeals, SealedMessage, SealProblem } from './seal/message-seals.js';
export { SealMissingError, SealWrongError } from './seal/seal.errors.js';
export { InMemorySchemaIds, RegistrySchemaIds } from './schema-ids.js';
export type { SchemaIds } from './schema-ids.js';
export { definitionOf, WireCodec } from './wire-codec.js';
export { examineKafka, kafkaClients } from './installation/examine-kafka.js';
export type { KafkaScope } from './installation/examine-kafka.js';
export { examineRegistry } from './installation/examine-registry.js';
export { judgeGroups, judgeTopics } from './installation/judge-kafka.js';
export { judgeModes, judgeSubjects } from './installation/judge-registry.js';
export { RegistryAwayError, RegistryClient, RegistryModeError, RegistryRefusedError } from './installation/registry-client.js';
export { compatibilityRule, subjectsFor } from './installation/registry-subjects.js';
export type { Subject } from './installation/registry-subjects.js';
export { rightsProbe } from './installation/rights-probe.js';
