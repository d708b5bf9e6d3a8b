import { commandOptions, refuse } from '../options.js';
import { provePages } from './pages.js';
import { proveScripts } from './scripts.js';
import { takeScreenshots } from './screenshots.js';
import { withStack } from './running-stack.js';
import { proveViews } from './views.js';

/** `npm run proof:console [-- --quick | --only <part> | --screenshots]` (proof/console/README.md). */
const { quick, only, screenshots } = commandOptions({ quick: 'flag', only: 'text', screenshots: 'flag' });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  views: () => proveViews(quick, say),
  pages: () => withStack(say, (stack) => provePages(stack, say)),
  scripts: () => proveScripts(say),
};

if (screenshots) {
  process.exitCode = (await withStack(say, (stack) => takeScreenshots(stack, say))) ? 0 : 1;
} else {
  const wanted = only === undefined ? (quick ? ['views'] : Object.keys(parts)) : [only];
  const isGood: boolean[] = [];
  for (const name of wanted) {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (!part) refuse(`--only ${name}: there is ${Object.keys(parts).join(', ')}`);
    isGood.push(await part());
  }
  process.exitCode = isGood.every(Boolean) ? 0 : 1;
}
