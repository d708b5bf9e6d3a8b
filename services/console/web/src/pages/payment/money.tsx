import { Amount } from '../../components/amount.js';
import { Chip, labelOf } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { longTextLimit, visibleText } from '../../format/text.js';
import { ledgerEffectLabels } from '../../recon/labels.js';
import type { Amount as AmountShape } from '../../recon/shapes.js';
import type { LedgerMoney, MoneyLine, MoneySource, PaymentMoney } from '../../recon/story-shapes.js';
import { hrefOf } from '../../shell/address.js';
import { Jump } from './jump.js';
import { moneyLabels } from './labels.js';

/** A payment from gross to net and to the bank, and beside it what each ledger has of it. */
export function Money({ money }: { readonly money: PaymentMoney }) {
  const { charge, kept, conversion, balance, payouts, balanceText, ledgers } = money;
  return (
    <section className="from-gross" aria-labelledby="money-title">
      <h3 id="money-title">From gross to net</h3>
      <div className="money-tables">
        <MoneyTable title="At the customer" lines={charge} sum={{ title: 'Kept', amount: kept }} />
        {conversion !== null && (
          <p className="conversion">
            Stripe made <Amount amount={conversion.to} /> of <Amount amount={conversion.from} />
            {conversion.rate !== null && (
              <>
                {' '}
                <span className="muted">(rate {visibleText(conversion.rate, 40)})</span>
              </>
            )}
          </p>
        )}
        {balance.map(({ currency, lines, net }) => (
          <MoneyTable
            key={currency}
            title={`On Stripe’s balance, in ${visibleText(currency, 12)}`}
            lines={lines}
            sum={{ title: 'Net', amount: net }}
          />
        ))}
        {payouts.map(({ payoutId, movementId, at, share, total }) => (
          <p key={payoutId} className="payout">
            <Amount amount={share} absent="not known" /> reached the bank with{' '}
            <Link href={movementId === null ? hrefOf('/movements', { kind: 'paidOut' }) : hrefOf('/movements', { id: movementId })}>
              <code>{visibleText(payoutId, 80)}</code>
            </Link>
            {total !== null && (
              <>
                {' '}
                of <Amount amount={total} />
              </>
            )}
            {at !== null && (
              <>
                {' '}
                on <Instant at={at} />
              </>
            )}
          </p>
        ))}
        {balanceText !== null && <p className="muted">{visibleText(balanceText, longTextLimit)}.</p>}
        {ledgers.map((ledger) => (
          <Ledger key={ledger.target} ledger={ledger} />
        ))}
        {ledgers.length === 0 && <p className="muted">No ledger has anything of it.</p>}
      </div>
    </section>
  );
}

interface TableProps {
  readonly title: string;
  readonly lines: readonly MoneyLine[];
  readonly sum: { readonly title: string; readonly amount: AmountShape | null };
}

function MoneyTable({ title, lines, sum }: TableProps) {
  if (lines.length === 0) return null;
  return (
    <table className="comparison">
      <caption>{title}</caption>
      <tbody>
        {lines.map((line, index) => (
          <LineRow key={index} line={line} />
        ))}
        <tr className="ledger">
          <th scope="row">{sum.title}</th>
          <td className="number">
            <Amount amount={sum.amount} absent="not one currency" />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function LineRow({ line }: { readonly line: MoneyLine }) {
  const { what, detail, amount, source, state } = line;
  const name =
    what === 'document' || what === 'receipt' ? visibleText(detail ?? what, 60).replaceAll('-', ' ') : labelOf(moneyLabels, what);
  return (
    <tr>
      <th scope="row" className={what === 'fee' ? 'under' : undefined}>
        {name}
        {what === 'other' && detail !== null && <span className="muted"> {visibleText(detail, 60)}</span>}{' '}
        {state !== null && state !== 'matched' && <Chip labels={ledgerEffectLabels} word={state} />}
      </th>
      <td className="number">
        <Sourced source={source}>
          <Amount amount={amount} absent="not known" />
        </Sourced>
      </td>
    </tr>
  );
}

/** A figure that leads to what it comes from. */
function Sourced({ source, children }: { readonly source: MoneySource | null; readonly children: React.ReactNode }) {
  if (source === null) return <>{children}</>;
  if (source.kind === 'movement') return <Link href={hrefOf('/movements', { id: source.id })}>{children}</Link>;
  if (source.kind !== 'document' && source.kind !== 'event') return <>{children}</>;
  return (
    <Jump kind={source.kind} id={source.id}>
      {children}
    </Jump>
  );
}

function Ledger({ ledger: { target, lines, clearing, clearingRead, expected, difference, text } }: { readonly ledger: LedgerMoney }) {
  const differs = difference !== null && !/^-?0+$/.test(difference.minor);
  return (
    <table className="comparison">
      <caption>In {visibleText(target, 60)}</caption>
      <tbody>
        {lines.map((line, index) => (
          <LineRow key={index} line={line} />
        ))}
        <tr className="ledger">
          <th scope="row">
            Clearing account <span className="muted">{clearingRead ? 'as the ledger has it' : 'as it was asked for'}</span>
          </th>
          <td className="number">
            <Amount amount={clearing} absent="nothing" />
          </td>
        </tr>
        {expected !== null && (
          <tr>
            <th scope="row">Stripe, before fees</th>
            <td className="number">
              <Amount amount={expected} />
            </td>
          </tr>
        )}
        {difference !== null && (
          <tr className={differs ? 'difference' : undefined}>
            <th scope="row">Difference</th>
            <td className="number">
              <Amount amount={difference} />
            </td>
          </tr>
        )}
        {text !== null && (
          <tr>
            <td colSpan={2} className="muted">
              {visibleText(text, longTextLimit)}.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
