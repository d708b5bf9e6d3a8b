/** An event that is in flight without any news for longer than this is stuck. */
export const stuckAfterMinutes = 15;

/** The condition over `recon.event e` for stuck events. */
export const stuckEvents = `e.state = 'inFlight' and e.deliveries > 0 and e.changed_at < now() - interval '${stuckAfterMinutes} minutes'`;
