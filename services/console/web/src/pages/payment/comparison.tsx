import { Amount } from '../../components/amount.js';
import type { Payment } from '../../recon/shapes.js';

/** Both sides of a payment: what the customer paid, what Stripe put on the balance, and what the ledger has. */
export function Comparison({ payment }: { readonly payment: Payment }) {
  const { settlement } = payment;
  return (
    <table className="comparison">
      <caption className="hidden">Stripe and the ledger side by side</caption>
      <tbody>
        <tr>
          <th scope="row">Paid by the customer</th>
          <td className="number">
            <Amount amount={payment.amount} absent="not known" />
          </td>
        </tr>
        {settlement === null ? (
          <tr>
            <th scope="row">Stripe&rsquo;s balance transaction</th>
            <td className="number muted">not known yet</td>
          </tr>
        ) : (
          <>
            <tr>
              <th scope="row">Stripe&rsquo;s balance: gross</th>
              <td className="number">
                <Amount amount={settlement.gross} absent="not known" />
              </td>
            </tr>
            <tr>
              <th scope="row" className="under">
                fee
              </th>
              <td className="number">
                <Amount amount={settlement.fee} absent="not known" />
              </td>
            </tr>
            <tr>
              <th scope="row" className="under">
                net
              </th>
              <td className="number">
                <Amount amount={settlement.net} absent="not known" />
              </td>
            </tr>
          </>
        )}
        <tr className="ledger">
          <th scope="row">In the ledger</th>
          <td className="number">
            <Amount amount={payment.ledgerAmount} absent="nothing yet" />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
