/** Fields whose values name an event, a payment or a posting: what joins the lines of one payment over all parts. */
const idFields = ['eventId', 'chargeId', 'paymentId', 'postingKey', 'requestId', 'messageId', 'traceId', 'causationId', 'sourceId'];
/** Ids that are too short would be found in anything. */
const shortestId = 6;

/** Stripe ids of one payment in a message; a customer's id is none of them, as it has other payments. */
const stripeIds = /\b(?:evt|ch|py|pi|re|pyr|dp|du)_\w{6,}/g;

/** Ids of a payment that a line, or any JSON, names. */
export function paymentIdsIn(text: string, fields: Readonly<Record<string, unknown>> | undefined): string[] {
  const named = idFields.map((name) => fields?.[name]);
  return [
    ...named.filter((id): id is string => typeof id === 'string' && id.length >= shortestId),
    ...[...text.matchAll(stripeIds)].map(([id]) => id),
  ];
}
