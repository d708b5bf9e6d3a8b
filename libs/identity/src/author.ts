import type { Identity } from './identity.js';

/** Who gave or approved an order, as it is stored: enough to ask later whether their token was withdrawn. */
export interface Author {
  readonly subject: string;
  readonly name: string;
  readonly tokenId: string | null;
  /** s since 1970; null without a token. */
  readonly issuedAt: number | null;
}

/** The author that an identity is. */
export function authorOf({ subject, name, tokenId, issuedAt }: Identity): Author {
  return { subject, name, tokenId: tokenId ?? null, issuedAt: issuedAt ?? null };
}

/** An author as the list of revocations knows an identity. */
export function identityOfAuthor({ subject, name, tokenId, issuedAt }: Author): Identity {
  return { subject, name, grants: [], ...(tokenId === null ? {} : { tokenId }), ...(issuedAt === null ? {} : { issuedAt }) };
}
