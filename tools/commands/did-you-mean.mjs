/** Suggestions for a misspelt word. Runs on bare Node 20. Types: did-you-mean.d.mts. */

/** ` Did you mean "x"?` for the nearest name that differs by few letters; else nothing. */
export function didYouMean(word, names) {
  const near = names
    .map((name) => ({ name, distance: editDistance(plain(word), plain(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(2, Math.floor(plain(name).length / 3)) && distance < plain(name).length)
    // Of names that are equally near, the one that the word begins with: a letter too many is typed more easily than a wrong one.
    .sort((a, b) => a.distance - b.distance || Number(beginsWith(word, b.name)) - Number(beginsWith(word, a.name)))[0];
  return near ? ` Did you mean "${near.name}"?` : '';
}

const plain = (name) => name.toLowerCase().replace(/^-+/, '');
const beginsWith = (word, name) => plain(word).startsWith(plain(name));
const longestCompared = 64;

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
function editDistance(first, second) {
  const a = first.slice(0, longestCompared);
  const b = second.slice(0, longestCompared);
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array(b.length).fill(0)]);
  for (let j = 1; j <= b.length; j += 1) rows[0][j] = j;
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  return rows[a.length][b.length];
}
