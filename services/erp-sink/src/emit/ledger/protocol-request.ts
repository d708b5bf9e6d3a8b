import { isProtocol, protocols } from '@tributary/posting';
import type { PostingRequest } from '@tributary/posting';
import type { StoredRequest } from '../../decide/ledger-model.js';
import { PostingMisroutedError } from '../posting.errors.js';

/** What the protocol needs to know of a request. @throws {PostingMisroutedError} for a protocol that this sink does not know. */
export function protocolRequest({ requestId, value }: StoredRequest): PostingRequest {
  const { protocol, version, digest, postingKey, amount } = value;
  if (!isProtocol(protocol)) throw unknownProtocol(postingKey, protocol);
  return { requestId, protocol, version, digest, amount: amount ?? undefined };
}

/** The error of a request whose protocol this sink does not know: a newer version, or a defect of the flow. */
export function unknownProtocol(postingKey: string, protocol: string): PostingMisroutedError {
  return new PostingMisroutedError(
    `taking posting ${postingKey}: protocol "${protocol}" is none of ${protocols.join(', ')}; fix the flow`,
    {
      postingKey,
    },
  );
}
