import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';

/** A program that reads topics, as the console shows it to whoever writes a consumer. */
interface ConsumerProgram {
  readonly language: string;
  readonly title: string;
  readonly file: string;
  /** What it needs, and what it does. */
  readonly about: string;
  /** How it is run; `TOPIC` stands for a topic. */
  readonly command: string;
  readonly program: string;
}

const folder = 'proof/contracts';

const described: readonly Omit<ConsumerProgram, 'program'>[] = [
  {
    ...{ language: 'typescript', title: 'TypeScript', file: `${folder}/typescript/topic-reader.ts` },
    about: 'Needs Node 24, kafkajs and avsc. Reads each message once, and writes amounts with the decimals of their currency.',
    command: 'node topic-reader.ts BROKERS REGISTRY_URL decimals.csv TOPIC',
  },
  {
    ...{ language: 'python', title: 'Python', file: `${folder}/python/wire_reader.py` },
    about:
      'Needs the standard library only. Decodes the lines that the reader in Java writes, from their bytes and the schema of the registry.',
    command: 'java -cp "kafka-clients.jar:avro.jar:..." WireReader.java BROKERS REGISTRY_URL TOPIC | python3 wire_reader.py REGISTRY_URL',
  },
  {
    ...{ language: 'java', title: 'Java', file: `${folder}/java/WireReader.java` },
    about: 'Needs JDK 17, kafka-clients and avro. Reads topics from their beginning to their present end, and decodes strictly.',
    command: 'java -cp "kafka-clients.jar:avro.jar:..." WireReader.java BROKERS REGISTRY_URL TOPIC',
  },
];

/** The example consumers that the tests run against a real broker, with their sources. The console has a copy, because it is built without `proof`. */
export function renderConsumerPrograms(): string {
  return JSON.stringify(described.map((one): ConsumerProgram => ({ ...one, program: readFileSync(join(root, one.file), 'utf8') })));
}
