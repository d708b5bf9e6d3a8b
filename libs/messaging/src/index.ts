export { outgoing } from './message.js';
export type { MessageContext, Outgoing, Publisher } from './message.js';
