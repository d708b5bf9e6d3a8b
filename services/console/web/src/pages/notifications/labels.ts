import type { Labels } from '../../components/chip.js';

/** States of a notification, in the order of the filter. */
export const stateLabels: Labels = { firing: 'Lasts', acknowledged: 'Acknowledged', cleared: 'Over' };

/** Choices of the list. */
export const listLabels: Labels = { open: 'Open', firing: 'Not acknowledged', acknowledged: 'Acknowledged', cleared: 'Over' };

/** How urgent it is. */
export const severityLabels: Labels = { critical: 'Critical', warning: 'Warning' };

/** What a message said. */
export const kindLabels: Labels = { fired: 'first message', reminder: 'reminder', cleared: 'that it is over', test: 'test' };

/** What became of a message. */
export const deliveryLabels: Labels = { waiting: 'waits', sent: 'sent', 'given-up': 'given up' };

/** Kinds of routes. */
export const routeLabels: Labels = { webhook: 'Webhook', mail: 'Mail' };
