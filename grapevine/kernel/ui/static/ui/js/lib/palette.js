// What the palette offers for what is typed. Pure.
export const MOST = 8;

/** Small letters without accents, so that "Moller" finds "Møller" and "MÖLLER". */
export function plain(text) {
  return text.toLowerCase().replace(/ø/g, "o").replace(/æ/g, "ae").replace(/ß/g, "ss").replace(/ł/g, "l").normalize("NFKD").replace(/\p{M}/gu, "");
}

/** Places whose name has a word that begins with each word typed; those that begin with it whole come first. */
export function matching(places, typed) {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  const fits = (place) => {
    const words = plain(place.title).split(/[\s-]+/);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
  return places.filter(fits).sort((a, b) => rank(a, typed) - rank(b, typed));
}

function rank(place, typed) {
  return plain(place.title).startsWith(plain(typed.trim())) ? 0 : 1;
}

/** Everything on offer, in order: places, people, and to ask it; a whole question comes first. */
export function offers(places, people, typed) {
  const words = typed.trim();
  const ask = places.find((place) => place.key === "ask");
  const found = matching(places, words).map((place) => ({ kind: "place", ...place }));
  const known = people.map((person) => ({ kind: "person", title: person.name, note: person.title, url: person.url, icon: "user" }));
  const asked = ask && words.length > 2 ? [{ kind: "ask", title: words, url: `${ask.url}?words=${encodeURIComponent(words)}`, icon: ask.icon }] : [];
  const rows = [...found.slice(0, MOST), ...known.slice(0, MOST)];
  return isQuestion(words) ? [...asked, ...rows] : [...rows, ...asked];
}

function isQuestion(words) {
  return words.endsWith("?") || words.split(/\s+/).length > 3;
}

/** The row an arrow key leads to; the ends meet. */
export function moved(at, key, count) {
  if (count === 0) return -1;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  return at;
}
