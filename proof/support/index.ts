export { startStack, uniqueName } from './start-stack.js';
export type { BrokerHandle, Stack, StackOptions } from './start-stack.js';
export { StackError } from './stack-error.js';
