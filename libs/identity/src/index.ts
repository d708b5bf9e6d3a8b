export * from './identity.js';
export * from './permissions.js';
