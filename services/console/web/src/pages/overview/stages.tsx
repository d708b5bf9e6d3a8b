import type { ReactNode } from 'react';
import { Figure } from '../../components/figure.js';
import type { Unit } from '../../components/figure.js';
import { countText, visibleText } from '../../format/text.js';
import { units } from '../../recon/labels.js';
import type { Snapshot, Stage } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';

/** The stages of the pipeline, from Stripe to the ERP. Each figure names what it counts. */
export function Stages({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const stage = (name: string): Stage | undefined => snapshot?.stages.find((candidate) => candidate.name === name);
  const written = snapshot?.overview?.written;
  const concluded = stage('posted');
  return (
    <section aria-labelledby="stages-title">
      <h2 id="stages-title" className="above-cards">
        From Stripe to the ledger
      </h2>
      <ol className="stages">
        <Card title="Accepted" stage={stage('accepted')} unit={units.delivery} href="/events" />
        <Card title="Understood" stage={stage('canonical')} unit={units.canonicalEvent} href="/canonical-events" />
        <Card title="Requested" stage={stage('requested')} unit={units.posting} href="/postings" />
        <li className="card">
          <h3>Written</h3>
          {written === undefined ? (
            <>
              <p>
                <span className="figure">{countText(concluded?.total ?? null)}</span>{' '}
                <span className="unit">ERP documents and writes to Stripe together</span>
              </p>
              <Rate stage={concluded} />
            </>
          ) : (
            <>
              {written.map(({ target, documents, metadata }) => (
                <div key={target} className="written-into">
                  {(documents !== 0 || metadata === 0) && (
                    <Figure count={documents} unit={units.document} href={hrefOf('/postings', { target, written: 'documents' })} />
                  )}
                  {(metadata ?? 0) > 0 && (
                    <Figure count={metadata} unit={units.metadata} href={hrefOf('/postings', { target, written: 'metadata' })} />
                  )}
                  <p className="muted">
                    <code>{visibleText(target, 60)}</code>
                  </p>
                </div>
              ))}
              {written.length === 0 && <p className="muted">Nothing has been written yet.</p>}
            </>
          )}
        </li>
      </ol>
    </section>
  );
}

function Card({ title, stage, unit, href }: { title: string; stage: Stage | undefined; unit: Unit; href: string }) {
  return (
    <li className="card">
      <h3>{title}</h3>
      <Figure count={stage?.total ?? null} unit={unit} href={href} />
      <Rate stage={stage} />
    </li>
  );
}

function Rate({ stage }: { readonly stage: Stage | undefined }): ReactNode {
  return (
    <dl className="inline">
      <div>
        <dt>per minute</dt>
        <dd>{countText(stage?.perMinute ?? null)}</dd>
      </div>
      <div className={stage?.lag ? 'warm' : ''}>
        <dt>on the way</dt>
        <dd>{countText(stage?.lag ?? null)}</dd>
      </div>
    </dl>
  );
}
