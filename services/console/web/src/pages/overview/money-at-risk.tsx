import { Amount } from '../../components/amount.js';
import { Figure } from '../../components/figure.js';
import type { Unit } from '../../components/figure.js';
import { units } from '../../recon/labels.js';
import type { Overview, Sum } from '../../recon/shapes.js';

/** Money in dead-lettered messages, and in messages parked behind them. */
export function MoneyAtRisk({ overview }: { readonly overview: Overview | null | undefined }) {
  const risk = overview?.moneyAtRisk;
  return (
    <section className="card" aria-labelledby="risk-title">
      <h2 id="risk-title">Money at risk</h2>
      {risk === undefined ? (
        <p className="muted">{overview === null ? 'Not told by this version of recon.' : 'Waiting for the first figures.'}</p>
      ) : (
        <dl className="risk">
          <Row title="Dead letters that are not closed" sum={risk} unit={units.deadLetter} href="/desk" />
          <Row title="Waiting behind them" sum={risk.waitingBehind} unit={units.parked} href="/parked" />
        </dl>
      )}
    </section>
  );
}

function Row({ title, sum, unit, href }: { title: string; sum: Sum; unit: Unit; href: string }) {
  return (
    <div className={sum.count ? 'some' : ''}>
      <dt>{title}</dt>
      <dd>
        <Figure count={sum.count} unit={unit} href={href} />
        {sum.amounts.length > 0 && (
          <ul className="sums plain">
            {sum.amounts.map((amount, index) => (
              <li key={index}>
                <Amount amount={amount} />
              </li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}
