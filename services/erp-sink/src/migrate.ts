import 'reflect-metadata';
import { migrateOnly } from '@tributary/persistence';
import { ledgerMigrations } from './emit/ledger/migrations/index.js';

await migrateOnly({ schema: 'erp_sink', migrations: ledgerMigrations }, process.env);
