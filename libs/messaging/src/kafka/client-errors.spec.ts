import { missingRight } from './client-errors.js';

// docs/reference/kafkajs.md: the type of a protocol error, which an error of the client may carry as its cause.
const refused = Object.assign(new Error('Cluster authorization failed'), { type: 'CLUSTER_AUTHORIZATION_FAILED' });

it.each([refused, new Error('The producer has not connected', { cause: refused })])('names the right that is missing: %s', (error) => {
  const missing = missingRight(error, 'ingest', ['broker:9092']);
  expect(missing?.code).toBe('kafka.right-missing');
  expect(missing?.message).toContain('the user of ingest may write to no topic. Grant Write on its topics');
  expect(missing?.cause).toBe(error);
});

it.each(['TOPIC_AUTHORIZATION_FAILED', 'SASL_AUTHENTICATION_FAILED', 'COORDINATOR_NOT_AVAILABLE'])('does not take %s for it', (type) => {
  expect(missingRight(Object.assign(new Error(type), { type }), 'ingest', [])).toBeUndefined();
});
