import type { Connection } from './shared-feed.js';

/** Labels of the connection states. */
export const connectionLabels: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  silent: 'No answer for 40 seconds, trying again',
  lost: 'Connection lost, trying again',
};
