/** An in-flight event without a new message for longer than this counts as stuck. */
export const stuckAfterMinutes = 15;

/** SQL condition over `recon.event e` for stuck events. */
export const stuckEvents = `e.state = 'inFlight' and e.deliveries > 0 and e.changed_at < now() - interval '${stuckAfterMinutes} minutes'`;
