// Search over all transcripts. The index tells which episodes say every word; their pages tell where.
"use strict";
(() => {
  const ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff";
  const WORD = new RegExp(`[${ALONE}]|(?:(?![${ALONE}])[\\p{L}\\p{N}])+`, "gu");
  const FILES = 16, LONGEST = 40, AT_ONCE = 8, SHOWN = 20, PASSAGES = 3;

  // As `words` in audioed/site/index.py takes a text apart.
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = text => (plain(text).match(WORD) || []).filter(word => [...word].length <= LONGEST);
  const fileOf = word => { const [a, b = "\0"] = word; return (31 * a.codePointAt(0) + b.codePointAt(0)) % FILES; };
  const isLetter = word => word.length === 1 && word >= "a" && word <= "z";
  // A word of two letters is looked up as it is, a longer one as the beginning of words, too.
  const fits = (said, wanted) => said === wanted || (wanted.length > 2 && said.startsWith(wanted));

  const hits = document.getElementById("hits"), status = document.getElementById("status"), more = document.getElementById("more");
  const field = document.querySelector(".search input");
  const groups = hits.dataset.groups.split(" ").filter(Boolean).map(Number).sort((a, b) => b - a);
  const query = new URLSearchParams(location.search).get("q") || "";
  const wanted = [...new Set(words(query))], sought = wanted.filter(word => !isLetter(word));
  const phrases = [...query.matchAll(/["“„«]([^"“”„«»]+)["”“»]/g)].map(found => words(found[1])).filter(each => each.length > 1);
  const cache = new Map();

  const load = name => {
    if (!cache.has(name)) cache.set(name, fetch(name).then(answer => { if (!answer.ok) throw new Error(name); return answer; }));
    return cache.get(name).then(answer => answer.clone());
  };
  const json = async name => (await load(`assets/search/${name}.json`)).json();

  // The episodes of one part of the index that say all the words, newest first.
  const found = async group => {
    const [rows, ...lists] = await Promise.all([json(group), ...sought.map(async word => {
      const places = new Set();
      for (const [said, list] of Object.entries(await json(`${group}-${fileOf(word)}`)))
        if (fits(said, word)) for (const place of list) places.add(place);
      return places;
    })]);
    return rows.filter((_, place) => lists.every(list => list.has(place))).reverse();
  };

  const isPhrase = (said, phrase) => said.some((_, at) => phrase.every((word, next) => said[at + next] === word));
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const clock = seconds => {
    const whole = Math.floor(seconds), pad = part => String(part).padStart(2, "0");
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
  };

  // The sentences of an episode's page that say the most of the words.
  const passages = async name => {
    const page = new DOMParser().parseFromString(await (await load(`${encodeURIComponent(name)}/`)).text(), "text/html");
    readAlong(page);
    while (await readOn(page, new URL(`${encodeURIComponent(name)}/`, location.href).href, load));
    const spans = [...page.querySelectorAll("#transcript [data-start]")].map(span => {
      const text = span.textContent, said = words(text);
      const score = wanted.filter(word => said.some(each => fits(each, word))).length;
      return {text, score, start: Number(span.dataset.start), exact: phrases.every(phrase => isPhrase(said, phrase))};
    }).filter(each => each.score);
    const exact = phrases.length ? spans.filter(each => each.exact) : spans;
    if (!exact.length && phrases.length) return null;
    const best = Math.max(0, ...exact.map(each => each.score));
    return exact.filter(each => each.score === best).slice(0, PASSAGES);
  };

  const marked = text => text.split(/(\s+)/).map(piece =>
    words(piece).some(said => wanted.some(word => fits(said, word))) ? element("mark", {textContent: piece}) : piece);

  const show = async row => {
    const address = `${encodeURIComponent(row.name)}/`, list = element("ol", {className: "passages"});
    const day = new Date(`${row.day}T00:00:00Z`).toLocaleDateString(hits.dataset.language, {dateStyle: "long", timeZone: "UTC"});
    const entry = element("article", {}, element("h2", {}, element("a", {href: address, textContent: row.title})),
      element("p", {className: "facts"}, element("time", {dateTime: row.day, textContent: day}), ` · ${clock(row.duration)}`), list);
    if (row.image) entry.prepend(element("img", {src: row.image, alt: "", width: 88, height: 88, loading: "lazy"}));
    const item = element("li", {}, entry);
    hits.append(item);
    try {
      const told = await passages(row.name);
      if (!told) { item.remove(); return; }
      for (const {text, start} of told)
        list.append(element("li", {}, element("a", {href: `${address}#t=${start}`},
          element("time", {textContent: clock(start)}), element("span", {}, ...marked(text)))));
    } catch { /* the episode is listed without its passages */ }
  };

  let waiting = [], left = [...groups];
  const search = async () => {
    more.hidden = true;
    status.textContent = status.dataset.searching;
    while (waiting.length < SHOWN && left.length)
      for (const rows of await Promise.all(left.splice(0, AT_ONCE).map(found))) waiting.push(...rows);
    await Promise.all(waiting.splice(0, SHOWN).map(show));
    more.hidden = !waiting.length && !left.length;
    status.textContent = hits.children.length || !more.hidden ? "" : status.dataset.nothing;
  };
  more.addEventListener("click", search);
  field.value = query;
  if (sought.length) search().catch(error => { status.textContent = String(error.message || error); });
  else field.focus();
})();
