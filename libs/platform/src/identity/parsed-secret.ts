/**
 * What a secret means, parsed once for each of its values. A value that cannot be parsed later, while the process runs, keeps the one before
 * in use, with a warning.
 * @param read the secret as it is now.
 * @param parse throws an Error that quotes nothing of the secret.
 */
export function parsedSecret<Parsed>(
  name: string,
  read: () => string,
  parse: (text: string) => Promise<Parsed>,
  warn = (text: string): void => process.emitWarning(text),
): () => Promise<Parsed> {
  let known: { readonly text: string; readonly parsed: Parsed } | undefined;
  return async () => {
    const text = read();
    if (known?.text === text) return known.parsed;
    try {
      known = { text, parsed: await parse(text) };
    } catch (error) {
      if (!known) throw error;
      warn(`${name} changed and cannot be used: ${(error as Error).message}; what was read before stays in use`);
      known = { text, parsed: known.parsed }; // says so once for each value
    }
    return known.parsed;
  };
}
