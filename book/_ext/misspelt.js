// The search page: a word that no page has is replaced by the nearest one of Sphinx's own index, and the reader told.

const SHORTEST = 4; // letters of a word that is mended
const LONG = 7; // letters from which two slips are forgiven

/** How many letters two words differ by: one added, left out, changed, or two swapped, each counts one. */
function distance(one, other) {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const changed = rows[i - 1][j - 1] + (one[i - 1] !== other[j - 1]);
      rows[i][j] = Math.min(changed, rows[i - 1][j] + 1, rows[i][j - 1] + 1);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[one.length][other.length];
}

/** The index's stems, each with the number of pages that have it; one in a heading counts more. */
function stems({ terms, titleterms }) {
  const counts = new Map();
  const pages = (found) => (Array.isArray(found) ? found.length : 1);
  for (const [stem, found] of Object.entries(terms)) counts.set(stem, pages(found));
  for (const [stem, found] of Object.entries(titleterms)) counts.set(stem, (counts.get(stem) ?? 0) + 10 * pages(found));
  return counts;
}

/** Words of headings by their stems, since a stem alone, such as "queu", is no word to show. */
function wholeWords({ alltitles }, stemmer) {
  const words = new Map();
  for (const word of new Set(splitQuery(Object.keys(alltitles).join(" ").toLowerCase()))) {
    const stem = stemmer.stemWord(word);
    words.set(stem, [...(words.get(stem) ?? []), word]);
  }
  return words;
}

/** The one of `words` that differs least from `word`, the shortest of several. */
function closest(word, words) {
  return words.toSorted((a, b) => distance(word, a) - distance(word, b) || a.length - b.length)[0];
}

/** The words of the query that the index lacks, each with the nearest one that it has. */
function misspelt(query, index) {
  const stemmer = new Stemmer();
  const counts = stems(index);
  const words = wholeWords(index, stemmer);
  const objects = Object.values(index.objects).flat().map((object) => object[4].toLowerCase());
  const known = (word, stem) => objects.some((name) => name.includes(word)) || [...counts.keys()].some((each) => each.includes(stem));

  function nearest(written) {
    const word = written.toLowerCase();
    const stem = stemmer.stemWord(word);
    if (word.length < SHORTEST || /\d/.test(word) || known(word, stem)) return written;
    let best = { slips: word.length < LONG ? 1 : 2, pages: 0, stem: "" };
    for (const [other, pages] of counts) {
      if (other.length < SHORTEST - 1 || Math.abs(other.length - word.length) > 3) continue;
      const slips = Math.min(distance(stem, other), ...[other, ...(words.get(other) ?? [])].map((each) => distance(word, each)));
      if (slips < best.slips || (slips === best.slips && pages > best.pages)) best = { slips, pages, stem: other };
    }
    return best.stem ? closest(word, words.get(best.stem) ?? [best.stem]) : written;
  }

  return splitQuery(query).map((word) => [word, nearest(word)]).filter(([word, near]) => word !== near);
}

const search = Search.query;

/** Sphinx calls this with the reader's words once its index is there. */
Search.query = (query) => {
  const pairs = misspelt(query, Search._index);
  const text = pairs.reduce((words, [word, near]) => words.replace(word, near), query);
  for (const [word, near] of pairs) {
    const note = Object.assign(document.createElement("p"), { className: "lic-mended" });
    note.append(`No page has “${word}”. These pages have `, Object.assign(document.createElement("strong"), { textContent: near }), ".");
    document.getElementById("search-results").before(note);
  }
  search(text);
};
