import type { FindingText } from '@tributary/connector-kit';

/** Kinds of findings about services, and about answers of several parts. */
const services = {
  'installation.passed': { level: 'ok', meaning: 'This is as it should be.', action: 'Nothing.' },
  'service.silent': {
    level: 'missing',
    meaning: 'A service does not answer.',
    action: 'Is it running, and is the address that of its health? [A service does not answer](runbooks/service-down.md).',
  },
  'service.not-ready': {
    level: 'missing',
    meaning: 'A service answers and lacks something.',
    action:
      'It says what it lacks: [Kafka](runbooks/kafka-away.md), [PostgreSQL](runbooks/postgresql-away.md). A migration or a right that is missing ends a service: its log says which.',
  },
  'service.clock-off': {
    level: 'warning',
    meaning: 'The clock of a service differs from the one here by more than five seconds.',
    action: 'Set the clocks by NTP: signatures of Stripe and tokens are good for minutes.',
  },
  'service.versions-differ': {
    level: 'warning',
    meaning: 'Services of different releases answer.',
    action:
      'During an upgrade nothing; afterwards the service with the older release was left out or did not become ready. [Which releases go together](upgrading.md).',
  },
  'clock.off': {
    level: 'warning',
    meaning: 'The clock of Kafka, of the registry, of PostgreSQL or of Stripe differs from the one here by more than five seconds.',
    action: 'If several differ alike, the clock here is off. Set the clocks by NTP: signatures of Stripe and tokens are good for minutes.',
  },
  'clock.beyond-tolerance': {
    level: 'missing',
    meaning:
      'A clock differs from the one here by more than half of the time for which a signature of Stripe is good (`STRIPE_SIGNATURE_TOLERANCE_S`).',
    action:
      'Set the clocks by NTP before anything else: deliveries are refused as too old or from the future, tokens as expired, and waits end too early or too late. [Deliveries are refused](runbooks/webhooks.md).',
  },
  'certificate.ends': {
    level: 'warning',
    meaning: 'A certificate ends within 14 days.',
    action: 'Replace it; a file that changes is read again.',
  },
  'certificate.refused': {
    level: 'missing',
    meaning: 'A certificate is not trusted.',
    action:
      'The variable with the certificates that are trusted (`SERVICE_CA_FILE`, `KAFKA_CA_FILE`, `SCHEMA_REGISTRY_CA_FILE`, `DATABASE_CA_FILE`) has to name who signed it, and the host has to stand in it.',
  },
} as const satisfies Readonly<Record<string, FindingText>>;

const kafka = {
  'brokers.silent': {
    level: 'missing',
    meaning: 'Kafka does not answer.',
    action: '[Kafka is away](runbooks/kafka-away.md): are the addresses in `KAFKA_BROKERS` right, and may this machine reach them?',
  },
  'brokers.password-refused': {
    level: 'missing',
    meaning: 'Kafka answers, and refuses the user or the password.',
    action:
      'Compare `KAFKA_USERNAME`, `KAFKA_PASSWORD` and `KAFKA_SASL_MECHANISM` with the user in the brokers ([rights in Kafka](acls.md)).',
  },
  'brokers.right-missing': {
    level: 'missing',
    meaning: 'The user lacks a right on a topic or a group.',
    action: '`tributary acls --apply` shows what is missing and grants it ([rights in Kafka](acls.md)).',
  },
  'topic.missing': {
    level: 'missing',
    meaning: 'A topic is not there, or the user may not see it.',
    action: 'Make it as the set-up does (the hook of the chart). Brokers make none by themselves.',
  },
  'topic.partitions-differ': {
    level: 'missing',
    meaning: 'A topic has fewer or more partitions than the catalogue says.',
    action:
      'A topic, its delay topics and its replay topic need the same number: partition 3 of all is worked on by one member. Never add partitions to a topic that has messages: keys move.',
  },
  'topic.config-differs': {
    level: 'warning',
    meaning: 'A topic is kept or compacted in another way than the catalogue says.',
    action: 'Change it with `kafka-configs.sh`, or know why: a shorter retention shortens what a rebuild finds.',
  },
  'topic.config-unseen': {
    level: 'warning',
    meaning: 'The user may not read the configuration of topics, so it was not looked at.',
    action: 'Services need no such right. Run the doctor once as a user who has `DescribeConfigs`.',
  },
  'topic.few-replicas': {
    level: 'warning',
    meaning: 'A topic has fewer replicas than three, on a cluster that could have more.',
    action: 'Reassign it to three replicas where there are three brokers.',
  },
  'group.idle': {
    level: 'warning',
    meaning: 'Nobody is in a group.',
    action: 'The service whose group it is does not run, or waits for something: [a group stopped itself](runbooks/group-stopped.md).',
  },
  'group.behind': {
    level: 'warning',
    meaning: 'A group is more than 10,000 messages behind.',
    action: 'More pods, up to the number of partitions ([capacity](capacity.md)), or a target that is slow.',
  },
} as const satisfies Readonly<Record<string, FindingText>>;

const registry = {
  'registry.silent': {
    level: 'missing',
    meaning: 'The schema registry does not answer.',
    action: '[The registry is away](runbooks/schema-registry.md).',
  },
  'registry.password-refused': {
    level: 'missing',
    meaning: 'The schema registry refuses the user or the password.',
    action: 'Compare `SCHEMA_REGISTRY_USERNAME` and `SCHEMA_REGISTRY_PASSWORD` with the registry.',
  },
  'registry.read-only': {
    level: 'missing',
    meaning: 'The schema registry is in read-only mode: schemas are read, and no new one can be registered.',
    action: 'End that mode before an installation or an upgrade ([registry](runbooks/schema-registry.md)). What runs goes on meanwhile.',
  },
  'registry.other-mode': {
    level: 'missing',
    meaning:
      'The schema registry is in a mode that takes no schema as it is registered here: in IMPORT it takes those with an id of their own.',
    action:
      'End the import by setting the mode READWRITE before an installation or an upgrade ([registry](runbooks/schema-registry.md)). What runs goes on meanwhile.',
  },
  'registry.rule-differs': {
    level: 'missing',
    meaning: 'A subject has no compatibility rule, or another one.',
    action:
      'Register again (`contracts:register`), which sets the rule: without it a schema could change so that old messages are no longer read.',
  },
  'registry.schema-missing': {
    level: 'missing',
    meaning: 'The schema of this version is not registered; others may be.',
    action: 'Register the schemas of this version before its services start.',
  },
} as const satisfies Readonly<Record<string, FindingText>>;

const database = {
  'database.silent': {
    level: 'missing',
    meaning: 'PostgreSQL does not answer.',
    action: '[PostgreSQL is away](runbooks/postgresql-away.md): is the host in `DATABASE_URL` right, and may this machine reach it?',
  },
  'database.password-refused': {
    level: 'missing',
    meaning: 'PostgreSQL answers, and refuses the role, its password or the database.',
    action: 'Compare `DATABASE_URL` with the role in PostgreSQL ([roles](how-to/database-roles.md)).',
  },
  'database.right-missing': {
    level: 'missing',
    meaning: 'The role lacks rights that its service needs.',
    action: '`tributary database roles --apply` gives them ([roles](how-to/database-roles.md)).',
  },
  'database.roles-not-applied': {
    level: 'missing',
    meaning: 'The schema belongs to another role, and this one was given nothing in it.',
    action: '`tributary database roles --apply` prepares the roles of all services ([roles](how-to/database-roles.md)).',
  },
  'database.right-excess': {
    level: 'warning',
    meaning: 'The role could do more than its service needs. In production the service refuses to start.',
    action: 'Take the rights away: `tributary database roles` prints the statements ([roles](how-to/database-roles.md)).',
  },
  'database.migration-pending': {
    level: 'missing',
    meaning: 'Migrations of this release are not applied.',
    action:
      'Run them as the owner of the schemas before the services start; the hook of the chart does ([roles](how-to/database-roles.md)).',
  },
  'database.migration-newer': {
    level: 'missing',
    meaning: 'The database has migrations that this release does not know: a newer release was here.',
    action: 'Install that release, or restore the backup that was made before the upgrade ([upgrades](upgrading.md)).',
  },
} as const satisfies Readonly<Record<string, FindingText>>;

const stripe = {
  'stripe.webhook-secret-missing': {
    level: 'missing',
    meaning: 'ingest has no endpoint of Stripe that it could check signatures for.',
    action:
      'Set `STRIPE_ENDPOINTS` or `STRIPE_ENDPOINTS_FILE` with the signing secret of each endpoint ([secrets of Stripe](runbooks/stripe-secrets.md)).',
  },
} as const satisfies Readonly<Record<string, FindingText>>;

/** Every kind of finding. Published: scripts key on them. docs/installation-findings.md is made from it. */
export const installationCodes = { ...services, ...kafka, ...registry, ...database, ...stripe };

/** Code of a finding. */
export type InstallationCode = keyof typeof installationCodes;
