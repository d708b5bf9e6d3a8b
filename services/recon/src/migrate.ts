import 'reflect-metadata';
import { migrateOnly } from '@tributary/persistence';
import { reconMigrations } from './migrations/index.js';

await migrateOnly({ schema: 'recon', migrations: reconMigrations }, process.env);
