import type { SearchTerm } from './search-term.js';

/**
 * Whether e-mail addresses are searched: `searched`; `refused`, because whoever asks may not see texts about people; `unreadable`, because the
 * key of the hashes cannot be decrypted; `in-address`, because the search stands in an address, where nothing about people belongs.
 */
export type EmailSearch = 'searched' | 'refused' | 'unreadable' | 'in-address';

const aboutEmails: Readonly<Record<EmailSearch, string>> = {
  searched:
    'A payment is found by the whole e-mail address that was told with it, until texts about people are overwritten. Customers who never paid are not found by it.',
  refused: 'E-mail addresses are searched for those who may read decoded messages (payloads.read). Search for an id or the amount.',
  unreadable:
    'E-mail addresses and order references are not searched: no key of PAYLOAD_KEYS decrypts the key of their hashes. Give that key back beside the others.',
  'in-address': 'An e-mail address does not belong in the address of a request: send it with POST /search.',
};

/** What a search could not find, as a sentence; null: nothing to say. @param found how much it found. */
export function searchHint(as: SearchTerm['as'], emails: EmailSearch, found: number): string | null {
  if (as === 'email') return emails === 'searched' && found > 0 ? null : aboutEmails[emails];
  if (emails === 'unreadable') return aboutEmails.unreadable;
  return as === 'text' && found === 0
    ? 'Names are stored encrypted, and are not searched. Search for an id, an amount, an order reference, or the number of a document.'
    : null;
}
