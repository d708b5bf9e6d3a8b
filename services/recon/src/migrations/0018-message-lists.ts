import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes for the lists of messages: newest first, by type, and by the charge that an event is about. */
export class MessageLists1700000000018 implements MigrationInterface {
  readonly name = 'MessageLists1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index event_newest on recon.event (first_received_at desc, event_id desc) where deliveries > 0;
      create index event_type on recon.event (type, first_received_at desc, event_id desc) where deliveries > 0;
      create index event_raw_charge on recon.event (raw_charge_id) where raw_charge_id is not null;
      create index outcome_newest on recon.outcome (concluded_at desc, outcome_id desc);
      create index outcome_event on recon.outcome (event_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index recon.outcome_event; drop index recon.outcome_newest; drop index recon.event_raw_charge;
      drop index recon.event_type; drop index recon.event_newest;
    `);
  }
}
