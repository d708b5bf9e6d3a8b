import 'reflect-metadata';
import { migrateOnly } from '@tributary/persistence';
import { consoleMigrations } from './identity/migrations/index.js';

await migrateOnly({ schema: 'console', migrations: consoleMigrations }, process.env);
