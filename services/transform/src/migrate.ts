import 'reflect-metadata';
import { migrateOnly } from '@tributary/persistence';
import { Ladder1700000000001 } from './emit/migrations/0001-ladder.js';

await migrateOnly({ schema: 'transform', migrations: [Ladder1700000000001] }, process.env);
