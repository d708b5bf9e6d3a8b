import { Identity1700000000001 } from './0001-identity.js';

/** Every migration of schema `console`, in order. */
export const consoleMigrations = [Identity1700000000001];
