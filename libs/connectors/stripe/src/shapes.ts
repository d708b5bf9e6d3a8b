import type { ErpDocumentShape } from '@tributary/contracts';

const metadataRules = 'docs/reference/stripe.md section 7: 50 keys, key 40 characters without brackets, value 500 characters';

/** Metadata written back to an object of Stripe. Keys beyond the two fixed fields are the metadata keys. */
export const metadataShape: ErpDocumentShape = {
  name: 'stripe/metadata',
  kind: 'metadata',
  fields: {
    objectType: {
      type: 'text',
      maxLength: 40,
      required: true,
      description: '`customer`, `payment_intent`, `invoice`, ...',
      source: 'docs/reference/stripe.md section 7',
    },
    objectId: {
      type: 'text',
      maxLength: 255,
      required: true,
      description: 'Id of the object.',
      source: 'docs/reference/stripe.md section 1: ids up to 255 characters',
    },
  },
  custom: { pattern: /^[^[\]]{1,40}$/, maxLength: 500, source: metadataRules },
};

/** The shapes of all documents of a Stripe account. Pure: read by the mapping language. */
export const shapes: readonly ErpDocumentShape[] = [metadataShape];
