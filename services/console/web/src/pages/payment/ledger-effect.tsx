import { Amount } from '../../components/amount.js';
import { Chip } from '../../components/chip.js';
import { visibleText } from '../../format/text.js';
import { instantFrom, timeOf } from '../../format/time.js';
import { ledgerEffectLabels } from '../../recon/labels.js';
import type { EffectLine, LedgerEffect } from '../../recon/shapes.js';

/** Most lines of one document that are drawn. */
const linesShown = 200;

/** What a document does to the books, as debits and credits. */
export function EffectTable({ effect }: { readonly effect: readonly EffectLine[] }) {
  if (effect.length === 0) return null;
  return (
    <table className="effect">
      <thead>
        <tr>
          {['Role', 'Account', 'Debit', 'Credit'].map((title) => (
            <th key={title} scope="col" className={title === 'Debit' || title === 'Credit' ? 'number' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {effect.slice(0, linesShown).map(({ role, account, debit, credit }, index) => (
          <tr key={index}>
            <th scope="row">{role === '' ? <span className="muted">no role</span> : visibleText(role, 60)}</th>
            <td>{account === null ? <span className="muted">by the ERP</span> : visibleText(account, 60)}</td>
            <td className="number">
              <Amount amount={debit} absent="" />
            </td>
            <td className="number">
              <Amount amount={credit} absent="" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How the requested effect compares with the entries of the ledger; the entries themselves only where they differ. */
export function LedgerFinding({ ledger }: { readonly ledger: LedgerEffect | null }) {
  if (ledger === null) return null;
  const { state, text, entries, checkedAt } = ledger;
  return (
    <div className="finding">
      <p>
        In the ledger: <Chip labels={ledgerEffectLabels} word={state} />
        {checkedAt !== null && (
          <span className="muted">
            {' '}
            read <time dateTime={instantFrom(checkedAt)}>{timeOf(checkedAt)}</time>
          </span>
        )}
      </p>
      {text !== null && <p className={state === 'different' || state === 'missing' ? 'notice bad' : 'muted'}>{visibleText(text)}</p>}
      {state === 'different' && entries.length > 0 && (
        <>
          <p className="muted">The entries of the ledger:</p>
          <EffectTable effect={entries} />
        </>
      )}
    </div>
  );
}
