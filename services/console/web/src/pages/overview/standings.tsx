import { Figure, Sums } from '../../components/figure.js';
import { labelOf } from '../../components/chip.js';
import { standingLabels, units } from '../../recon/labels.js';
import type { Standing } from '../../recon/labels.js';
import type { Overview, Sum } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';
import { standingTexts } from './labels.js';

const order = Object.keys(standingLabels) as Standing[];
const none: Sum = { count: null, amounts: [] };

/** The main figures: every captured payment has exactly one of these standings. */
export function Standings({ overview }: { readonly overview: Overview | null | undefined }) {
  const others = [...(overview?.standings.keys() ?? [])].filter((name) => !Object.hasOwn(standingLabels, name));
  return (
    <section aria-labelledby="standings-title">
      <h2 id="standings-title" className="above-cards">
        Where every captured payment stands
      </h2>
      {overview === null ? (
        <p className="card muted">This version of recon does not tell where payments stand.</p>
      ) : (
        <ul className="standings">
          {[...order, ...others].map((standing) => {
            const sum = overview?.standings.get(standing) ?? none;
            return (
              <li
                key={standing}
                className={`card standing ${order.includes(standing as Standing) ? standing : 'unknown'} ${sum.count ? 'some' : ''}`}
              >
                <h3>{labelOf(standingLabels, standing)}</h3>
                <Figure count={sum.count} unit={units.payment} href={hrefOf('/payments', { standing })} />
                <Sums sum={sum} list={{ standing }} />
                <p className="muted">
                  {Object.hasOwn(standingTexts, standing) ? standingTexts[standing as Standing] : 'This page does not know this standing.'}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
