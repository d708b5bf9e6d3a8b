import type { FoundKind } from '@tributary/contracts';

/** Request of recon's API that shows what was found. @param of what the address names: the charge of a refund, the event of a document. */
export function addressOf(kind: FoundKind, { id, of }: { readonly id: string; readonly of: string }): string {
  const segment = encodeURIComponent(of);
  switch (kind) {
    case 'payment':
    case 'refund':
    case 'dispute':
      return `/payments/${segment}`;
    case 'customer':
      return `/customers/${segment}`;
    case 'payout':
      return `/movements?id=${segment}`;
    case 'movement':
      return `/movements?id=${encodeURIComponent(id)}`;
    case 'deadLetter':
      return `/dead-letters/${segment}`;
    default:
      return `/events/${segment}`;
  }
}
