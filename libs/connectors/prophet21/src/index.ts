export { loadP21Config } from './p21.config.js';
export type { P21Config } from './p21.config.js';
export { createP21Connector, P21Connector } from './p21-connector.js';
export type { P21ConnectorOptions } from './p21-connector.js';
export type { Fetch } from './p21-http.js';
export { prophet21Target } from './target.js';
