import type { ErpConnector, ErpDocument } from '@tributary/connector-kit';
import type { PostingRequested } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';

/**
 * The document of a request before references are filled in: enough to determine its batch.
 * @param postingDate the date that the document was moved to out of a closed period, `YYYY-MM-DD`.
 */
export function requestedDocument(
  { postingKey, kind, shape, fields, lines, protocol }: PostingRequested,
  connector: Pick<ErpConnector, 'movedTo'>,
  postingDate: string | undefined,
): ErpDocument {
  const asked = { postingKey: postingKey as PostingKey, kind, shape, fields, lines, protocol: protocol as ErpDocument['protocol'] };
  return postingDate === undefined ? asked : (connector.movedTo?.(asked, postingDate) ?? asked);
}
