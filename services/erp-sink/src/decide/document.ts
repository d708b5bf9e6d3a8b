import { fieldOf } from '@tributary/contracts';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import type { PostingRequested } from '@tributary/contracts';
import type { ErpDocument, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';

export type Composed =
  | { readonly kind: 'document'; readonly document: ErpDocument }
  /** The referenced document lacks this attribute, and waiting will not change that. */
  | { readonly kind: 'impossible'; readonly code: string; readonly text: string };

/**
 * The document of a request, with its references filled in from the documents it depends on.
 * @param references posting key -> what the target calls that document.
 * @param known what the target calls an earlier state of this document.
 * @param newer a request for a newer state of the same document: its fields go over those of `request`, except where it has none (null).
 */
export function composeDocument(
  request: PostingRequested,
  references: ReadonlyMap<string, ErpReference>,
  known: ErpReference | undefined,
  newer?: Pick<PostingRequested, 'fields' | 'references'>,
): Composed {
  const given = Object.entries(newer?.fields ?? {}).filter(([, value]) => value !== null);
  const fields: Record<string, string | boolean | bigint | null> = { ...request.fields, ...Object.fromEntries(given) };
  for (const { field, postingKey, attribute } of [...request.references, ...(newer?.references ?? [])]) {
    const value = typed(request.shape, field, references.get(postingKey)?.[attribute]);
    if (value === undefined)
      return {
        kind: 'impossible',
        code: 'posting.reference-missing',
        text: `posting ${request.postingKey}: field ${field} should be ${attribute} of ${postingKey}, which has none that fits`,
      };
    fields[field] = value;
  }
  const { kind, shape, protocol } = request;
  return {
    kind: 'document',
    document: {
      postingKey: request.postingKey as PostingKey,
      kind,
      shape,
      fields,
      protocol: protocol as ErpDocument['protocol'],
      ...(known ? { known } : {}),
    },
  };
}

/** References are text; a whole-number field takes them as one. */
function typed(shapeName: string, field: string, text: string | undefined): string | bigint | undefined {
  const shape = (erpDocumentShapes as Readonly<Record<string, Parameters<typeof fieldOf>[0]>>)[shapeName];
  if (text === undefined || (shape && fieldOf(shape, field)?.type) !== 'integer') return text;
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}
