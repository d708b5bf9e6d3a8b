import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeConfig } from '@tributary/platform';
import type { DescribedVariable } from '@tributary/platform';
import { root } from '../contracts/workspace.js';

type Describable = Parameters<typeof describeConfig>[0];

/** One program and the variables it reads. */
export interface Configured {
  readonly name: string;
  readonly variables: readonly DescribedVariable[];
}

/** Compiled configuration modules: services, and connectors that read variables of their own. In walking order. */
const modules = ['ingest', 'transform', 'erp-sink', 'recon', 'console'].map((service) => ({
  name: service,
  glob: `services/${service}/dist/*.config.js`,
}));
const connectors = globSync('libs/connectors/*/dist/*.config.js', { cwd: root }).map((file) => ({
  // One that is read from and written to has two sets of variables.
  name: `connector ${file.split('/')[2]}${file.endsWith('-target.config.js') ? ', as a target' : ''}`,
  glob: file,
}));
const connection = [
  { name: 'connection to an ERP', glob: 'libs/platform/dist/outbound/erp-connection.config.js' },
  { name: 'access tokens for an ERP', glob: 'libs/platform/dist/outbound/erp-oauth.config.js' },
];

/** Reads the schemas of every program. @throws when a service has no compiled configuration (build first), or one that exports no schema. */
export async function readConfigurations(): Promise<Configured[]> {
  const found: Configured[] = [];
  for (const { name, glob } of [...modules, ...connectors, ...connection]) {
    const [file] = globSync(glob, { cwd: root });
    if (!file) throw new Error(`${glob} is not there: run \`npm run build\` first`);
    const exported = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    const schema = Object.entries(exported).find(([key]) => key.endsWith('Environment'))?.[1];
    if (!schema) throw new Error(`${basename(file)} exports no schema whose name ends in Environment`);
    found.push({ name, variables: describeConfig(schema as Describable) });
  }
  return found;
}

/** The page: one table per program. */
export function renderConfiguration(programs: readonly Configured[]): string {
  const tables = programs.map(({ name, variables }) => {
    const rows = variables.map(({ name: variable, description, required, fallback, secret }) => {
      const needed = required ? 'yes' : fallback === undefined ? 'no' : `\`${fallback}\``;
      return `| \`${variable}\` | ${needed} | ${secret ? '**secret.** ' : ''}${description.replaceAll('|', '\\|')} |`;
    });
    return `## ${name}\n\n| variable | needed, or default | what |\n| --- | --- | --- |\n${rows.join('\n')}`;
  });
  return `# Configuration\n\n<!-- Generated from the services' schemas by \`npm run docs:generate\`. Do not edit. -->\n\nRead once at start, from the environment; what a file named by a variable \`<NAME>_FILE\` holds is read again when it changes, and the next call or connection uses it. A secret that is set as a variable of a process (as \`secretKeyRef\` does in Kubernetes) is exchanged by a restart: \`kubectl rollout restart\`. What is used at a start only is not exchanged: \`DATABASE_MIGRATION_URL\` and its password, \`SET_UP_CODE\`. While PostgreSQL or a target refuses the old secret, messages wait and none is given up; connections to PostgreSQL are replaced after DATABASE_CONNECTION_LIFETIME_S, so end the old user after that. A start with something missing or wrong names every bad variable at once and ends with exit code 78. An empty variable counts as absent. Secrets are never logged. erp-sink and recon also read the variables of their connector and of the connection to it.\n\n${tables.join('\n\n')}\n`;
}
