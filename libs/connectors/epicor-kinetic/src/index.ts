export type { Fetch } from './kinetic-client.js';
export { loadKineticConfig } from './kinetic.config.js';
export type { KineticConfig } from './kinetic.config.js';
export { createKineticConnector, KineticConnector } from './kinetic-connector.js';
export type { KineticConnectorOptions } from './kinetic-connector.js';
export { epicorKineticTarget } from './target.js';
