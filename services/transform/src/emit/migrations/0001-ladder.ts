import { parkingLotTables } from '@tributary/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stuck sequences and what is parked behind them. */
export class Ladder1700000000001 implements MigrationInterface {
  readonly name = 'Ladder1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of parkingLotTables('transform')) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['order', 'parked', 'sequence', 'partition']) await runner.query(`drop table transform.ladder_${table}`);
  }
}
