export * from './author.js';
export * from './claims.js';
export * from './identity.js';
export * from './keys.js';
export * from './order-limits.js';
export * from './permissions.js';
export * from './revocations.js';
export * from './tokens.js';
