import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which events have had their texts about people overwritten; null again as soon as something new is known about the event. The index has
 * only events that are still to be looked at, so that the hourly search stays small.
 */
export class TextsAtAnAge1700000000010 implements MigrationInterface {
  readonly name = 'TextsAtAnAge1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table recon.event add column texts_overwritten_at timestamptz`);
    await runner.query(
      `create index event_texts on recon.event (coalesce(first_received_at, translated_at, changed_at)) where texts_overwritten_at is null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index recon.event_texts`);
    await runner.query(`alter table recon.event drop column texts_overwritten_at`);
  }
}
