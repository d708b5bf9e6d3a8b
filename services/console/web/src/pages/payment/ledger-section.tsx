import { useState } from 'react';
import type { ReactNode } from 'react';
import { counted, visibleText } from '../../format/text.js';
import type { LedgerDocument } from '../../recon/shapes.js';
import { usePrinting } from '../../shell/use-printing.js';
import { placeOf } from './jump.js';

/** What became of a document that a person has to look after. */
const waitingForPerson: readonly string[] = ['rejected', 'held', 'failed'];
const wrongInLedger: readonly string[] = ['different', 'missing'];
/** Most numbers that the line names. */
const numbersShown = 4;

/** Whether somebody has to do something about a document. */
export function needsPerson({ result, ledger }: Pick<LedgerDocument, 'result' | 'ledger'>): boolean {
  return waitingForPerson.includes(result ?? '') || wrongInLedger.includes(ledger?.state ?? '');
}

/** The ledger whose section is open at first: the first one that needs a person, or the only one. @param targets in the order of the page. */
export function openAtFirst(targets: readonly (readonly LedgerDocument[])[]): number {
  if (targets.length === 1) return 0;
  return targets.findIndex((documents) => documents.some(needsPerson));
}

/** Where the documents of one ledger stand, in one line. */
export function ledgerLine(documents: readonly LedgerDocument[]): string {
  const open = documents.filter(needsPerson);
  const numbers = documents.flatMap(({ number }) => (number === null ? [] : [visibleText(number, 40)]));
  const under = documents.filter(({ result }) => result === null).length;
  const more = numbers.length - numbersShown;
  return [
    counted(documents.length, 'document') +
      (numbers.length === 0 ? '' : `: ${numbers.slice(0, numbersShown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`),
    ...(open.length > 0 ? [`${open.length} ${open.length === 1 ? 'needs' : 'need'} a person: ${reasons(open)}`] : []),
    ...(under > 0 ? [`${under} without an answer yet`] : []),
  ].join(' · ');
}

function reasons(documents: readonly LedgerDocument[]): string {
  const words = documents.map(({ result, ledger }) =>
    wrongInLedger.includes(ledger?.state ?? '') ? `${ledger?.state ?? ''} in the ledger` : (result ?? ''),
  );
  return [...new Set(words)].map((word) => visibleText(word, 40)).join(', ');
}

interface Props {
  readonly target: string | null;
  readonly documents: readonly LedgerDocument[];
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

/** The documents of one ledger, folded, with one line that says where they stand. It opens by itself when something in it is led to, and in print. */
export function LedgerSection({ target, documents, isOpen, children }: Props) {
  const [open, setOpen] = useState(isOpen);
  const printing = usePrinting();
  return (
    <details
      className="of-ledger"
      id={placeOf('ledger', target ?? '')}
      open={open || printing}
      onToggle={({ currentTarget }) => {
        if (!printing) setOpen(currentTarget.open);
      }}
    >
      <summary>
        <h4>{visibleText(target ?? 'No ledger named', 60)}</h4>{' '}
        <span className={documents.some(needsPerson) ? 'bad' : 'muted'}>{ledgerLine(documents)}</span>
      </summary>
      {children}
    </details>
  );
}
