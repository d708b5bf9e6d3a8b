/** What the test of the console's desk needs: recon itself as a process, with dead letters, and the group that owns them. */
export { DeadLetterSystem } from './dead-letter-system.js';
export type { Death } from './dead-letter-system.js';
export { aRequest } from './requests.js';
