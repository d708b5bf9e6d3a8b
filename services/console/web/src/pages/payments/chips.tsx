import { Chip, labelOf } from '../../components/chip.js';
import {
  ourReadingOnly,
  paymentStageLabels,
  paymentStages,
  reconciliationLabels,
  standingLabels,
  stateLabels,
} from '../../recon/labels.js';
import type { Payment } from '../../recon/shapes.js';

/** The standing of a payment. Versions of recon without standings report only the state of its event. */
export function StandingChip({ payment }: { readonly payment: Payment }) {
  const reason = payment.standingReason ?? payment.reason;
  return payment.standing === null ? (
    <Chip labels={stateLabels} word={payment.state} title={reason} />
  ) : (
    <Chip labels={standingLabels} word={payment.standing} title={reason} />
  );
}

/** The state of the comparison with the ledger. "Matched" is marked when Stripe's balance transaction was not used. */
export function ReconciliationChip({ payment }: { readonly payment: Payment }) {
  const ownReading = payment.reconciliation === 'matched' && payment.reconciliationBasis === 'our-reading';
  return (
    <Chip
      labels={reconciliationLabels}
      word={payment.reconciliation}
      title={ownReading ? `Matched, ${ourReadingOnly}` : null}
      suffix={ownReading ? '*' : ''}
    />
  );
}

/** How far a payment is, as dots and as a word. */
export function Progress({ stage }: { readonly stage: string | null }) {
  const reached = stage === null ? -1 : paymentStages.indexOf(stage);
  return (
    <span className="progress">
      {paymentStages.map((name, index) => (
        <span key={name} className={index <= reached ? 'dot done' : 'dot'} aria-hidden="true" />
      ))}
      <span className="stage-word">{labelOf(paymentStageLabels, stage, 'Not understood')}</span>
    </span>
  );
}
