import type { MappingDocument } from './assets/mapping-document.js';
import type { PostingProfile } from './assets/posting-profile.js';

/** The kind of target that a shape belongs to: the part of its name before the slash. */
export const erpOfShape = (shape: string): string => shape.slice(0, Math.max(shape.indexOf('/'), 0));

/** Key of the mapping of a canonical document: one per kind of target, document and variant. */
export function mappingKey(erp: string, document: string, variant: string | undefined): string {
  return `${erp}/${document}${variant === undefined ? '' : `.${variant}`}`;
}

/** Key of a mapping among all mappings: its name, or the key of what it maps. */
export function keyOfMapping({ name, document, variant, shape }: MappingDocument): string {
  return document ? mappingKey(erpOfShape(shape.value), document.value, variant) : name.value;
}

/**
 * Names for which can() is true: documents that the target has mappings for (`application`, `journal.bank-transfer`), and capabilities that
 * its profile names or has by a setting.
 */
export function capabilitiesOf(profile: PostingProfile, mappings: Iterable<MappingDocument>): Set<string> {
  const { erp = '' } = profile.books;
  const mapped = [...mappings].flatMap((mapping) => {
    const key = keyOfMapping(mapping);
    return mapping.document && key.startsWith(`${erp}/`) ? [key.slice(erp.length + 1)] : [];
  });
  return new Set([...ownCapabilities(profile), ...mapped]);
}

/** Capabilities of a profile itself: those that it names, and `refund.journal` where an entry pays refunds out (`creditMemo: journal, rma`). */
export function ownCapabilities({ books }: PostingProfile): ReadonlySet<string> {
  const byEntry = ['journal', 'rma'].includes(books.settings.get('creditMemo') ?? '');
  return new Set([...books.capabilities, ...(byEntry ? ['refund.journal'] : [])]);
}
