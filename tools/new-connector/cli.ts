import { answerWithoutRunning, understand } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';
import { makeConnector, NoConnectorMadeError } from './make.js';

/** `npm run new:connector -- <name>`: the folder of a new connector, and what comes next. */
async function main(args: readonly string[]): Promise<number> {
  const understood = understand(['new:connector', ...args]);
  if (understood.kind !== 'run') return answerWithoutRunning(understood);
  const name = understood.arguments[0] as string;
  try {
    const { made, changed } = await makeConnector(root, name);
    console.log(
      ['Made:', ...made.map((path) => `  ${path}`), 'Named in:', ...changed.map((path) => `  ${path}`), '', ...next(name)].join('\n'),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof NoConnectorMadeError)) throw error;
    console.error(`No connector was made: ${error.message}`);
    return 1;
  }
}

const next = (name: string): string[] => [
  'Next (docs/how-to-add-an-erp.md):',
  `  1. Write what is known of the ERP, and from where: docs/reference/${name}.md`,
  `  2. Write post, find, read and probe: libs/connectors/${name}/src/connector.ts`,
  `  3. Run the cases, which name what is missing: npm run proof:connectors -- --connector ${name}`,
  `  4. Put accounts and banks into assets/${name}/profiles/${name}-main.yaml, then: npm run -s tributary -- assets check`,
  '  5. npm run docs:generate, for the new variables',
];

process.exitCode = await main(process.argv.slice(2));
