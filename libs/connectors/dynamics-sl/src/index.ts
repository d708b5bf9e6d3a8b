export type { Fetch } from './doors/http-calls.js';
export { createSlConnector, SlConnector } from './sl-connector.js';
export { loadSlConfig } from './sl.config.js';
export type { SlConfig } from './sl.config.js';
export { dynamicsSlTarget } from './target.js';
