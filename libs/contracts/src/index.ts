export { events } from './events.js';
export type { EventDefinition, ValueOf } from './events.js';
export { headers } from './headers.js';
export type { HeaderName } from './headers.js';
export { topics } from './topics.js';
export type * from './generated/types.js';
