export { RestConnector } from './rest-connector.js';
export { readService, shippedService } from './service-file.js';
export { restTarget } from './target.js';
