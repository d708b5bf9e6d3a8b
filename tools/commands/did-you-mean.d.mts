export function didYouMean(word: string, names: readonly string[]): string;
