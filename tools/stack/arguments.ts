export interface StartArguments {
  readonly detach: boolean;
  readonly demo: boolean;
  /** Names of parts to leave out, e.g. to run one of them in a debugger. */
  readonly without: readonly string[];
}

/** Arguments of `npm start -- ...`. @throws Error naming the argument that is not known. */
export function parseArguments(args: readonly string[]): StartArguments {
  let detach = false;
  let demo = true;
  const without: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] as string;
    if (argument === '--detach') detach = true;
    else if (argument === '--no-demo') demo = false;
    else if (argument === '--without') without.push(...(args[(index += 1)] ?? '').split(',').filter(Boolean));
    else throw new Error(`npm start: "${argument}" is not known. There are --detach, --no-demo, --without <name,name>.`);
  }
  return { detach, demo, without };
}
