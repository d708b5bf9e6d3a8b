import type { ErpBatchKind, ErpLine, ErpPeriod } from '@tributary/connector-kit';
import type { FakeDocument } from './fake-erp.js';

/** Scripted result of the next post of a key: what it stores, and how the ERP answers. */
export interface HalfPost {
  /** Number of lines that are stored with the header; -1: nothing at all is stored. */
  readonly lines: number;
  /** `lost`: the connection breaks. `partial`: the ERP says what it refused. */
  readonly answer: 'lost' | 'partial';
}

/** A document as the fake holds it. */
export interface BooksDocument extends FakeDocument {
  readonly kind: string;
  readonly lines: ErpLine[];
}

/** The kind of batch that documents of each kind are entered in. */
export const batchKinds: Readonly<Record<string, ErpBatchKind>> = {
  'cash-receipt': 'cash-group',
  invoice: 'invoice-group',
  application: 'application-group',
  journal: 'journal-group',
};

/** Why an ERP with these periods accepts nothing on a date; undefined when it does. */
export function closedOn(date: unknown, periods: readonly ErpPeriod[]): string | undefined {
  if (typeof date !== 'string') return undefined;
  const isOpen = periods.some(({ from, to, open }) => open && from <= date && date <= to);
  return isOpen ? undefined : `the period of ${date} is closed`;
}
