import type { StripeObject } from './store.js';

const evidenceNames = [
  ...['access_activity_log', 'billing_address', 'cancellation_policy', 'cancellation_policy_disclosure', 'cancellation_rebuttal'],
  ...['customer_communication', 'customer_email_address', 'customer_name', 'customer_purchase_ip', 'customer_signature'],
  ...['duplicate_charge_documentation', 'duplicate_charge_explanation', 'duplicate_charge_id', 'product_description', 'receipt'],
  ...['refund_policy', 'refund_policy_disclosure', 'refund_refusal_explanation', 'service_date', 'service_documentation'],
  ...['shipping_address', 'shipping_carrier', 'shipping_date', 'shipping_documentation', 'shipping_tracking_number'],
  ...['uncategorized_file', 'uncategorized_text'],
];

/** The days that a merchant has to answer (7 to 21, section 11; as in events/charge.dispute.created.json). */
const responseDays = 14;

/** A dispute with the given fields; the others as in a new one (events/charge.dispute.created.json). @param created seconds. */
export function disputeObject(id: string, created: number, fields: Record<string, unknown>): StripeObject {
  return {
    balance_transactions: [],
    enhanced_eligibility_types: [],
    evidence: { ...Object.fromEntries(evidenceNames.map((name) => [name, null])), enhanced_evidence: {} },
    evidence_details: {
      due_by: created + responseDays * 86_400 - 1,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    metadata: {},
    ...fields,
    id,
    object: 'dispute',
    created,
    livemode: false,
  };
}

/** `payment_method_details` of a dispute: the case type tells a chargeback from an inquiry. */
export function disputedCard(caseType: string, reasonCode: string): Record<string, unknown> {
  return { card: { brand: 'visa', case_type: caseType, network: 'visa', network_reason_code: reasonCode }, type: 'card' };
}
