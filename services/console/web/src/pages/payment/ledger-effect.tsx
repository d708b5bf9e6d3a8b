import { Amount } from '../../components/amount.js';
import { Chip } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { ListTable } from '../../components/list-table.js';
import { visibleText } from '../../format/text.js';
import { ledgerEffectLabels } from '../../recon/labels.js';
import type { EffectLine, LedgerEffect } from '../../recon/shapes.js';
import { besideLedger } from './beside-ledger.js';
import type { LineBesideEntry } from './beside-ledger.js';

/** Most lines of one document that are drawn. */
const linesShown = 200;

interface Props {
  readonly effect: readonly EffectLine[];
  /** Absent where nothing was asked of a ledger yet. */
  readonly ledger?: LedgerEffect | null;
}

/** What a document does to the books, as debits and credits; beside each line the entry of the ledger, where it told any. */
export function EffectTable({ effect, ledger }: Props) {
  if (effect.length === 0) return null;
  const entries = ledger?.entries ?? [];
  const read = entries.length > 0;
  const figures = read ? ['Asked: debit', 'credit', 'Ledger: debit', 'credit'] : ['Debit', 'Credit'];
  const rows = read ? besideLedger(effect, entries) : effect.map(alone);
  return (
    <ListTable label="Debits and credits" titles={['Role', 'Account', ...figures.map((number) => ({ number }))]} className="effect">
      <tbody>
        {rows.slice(0, linesShown).map((row, index) => (
          <Row key={index} row={row} read={read} marked={read && ledger?.state === 'different' && row.differs} />
        ))}
      </tbody>
    </ListTable>
  );
}

const alone = (line: EffectLine): LineBesideEntry => ({ role: line.role, account: line.account, asked: line, entry: null, differs: false });

function Row({
  row: { role, account, asked, entry },
  read,
  marked,
}: {
  readonly row: LineBesideEntry;
  readonly read: boolean;
  readonly marked: boolean;
}) {
  return (
    <tr className={marked ? 'differs' : undefined}>
      <th scope="row">
        {role === '' ? <span className="muted">no role</span> : visibleText(role, 60)}
        {marked && <span className="hidden"> (differs)</span>}
      </th>
      <td>{account === null ? <span className="muted">by the ERP</span> : visibleText(account, 60)}</td>
      <Sides line={asked} />
      {read && <Sides line={entry} />}
    </tr>
  );
}

function Sides({ line }: { readonly line: EffectLine | null }) {
  return (
    <>
      {(['debit', 'credit'] as const).map((side) => (
        <td key={side} className="number">
          <Amount amount={line?.[side] ?? null} absent="" />
        </td>
      ))}
    </>
  );
}

/** How the requested effect compares with the entries of the ledger. */
export function LedgerFinding({ ledger }: { readonly ledger: LedgerEffect | null }) {
  if (ledger === null) return null;
  const { state, text, checkedAt } = ledger;
  return (
    <div className="finding">
      <p>
        In the ledger: <Chip labels={ledgerEffectLabels} word={state} />
        {checkedAt !== null && (
          <span className="muted">
            {' '}
            read <Instant at={checkedAt} />
          </span>
        )}
      </p>
      {text !== null && <p className={state === 'different' || state === 'missing' ? 'notice bad' : 'muted'}>{visibleText(text)}</p>}
    </div>
  );
}
