import type { ErpDocument } from '@tributary/connector-kit';
import type { PostingRequested } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';

/** The document of a request as it was asked for, before references are filled in: enough to tell its batch and its date. */
export function requestedDocument({ postingKey, kind, shape, fields, lines, protocol }: PostingRequested): ErpDocument {
  return { postingKey: postingKey as PostingKey, kind, shape, fields, lines, protocol: protocol as ErpDocument['protocol'] };
}
