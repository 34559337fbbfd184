// The player of an episode's page: plays, remembers, and lights what is being said.
// It works on the markup of templates/player.html and on the spans [data-start] of the transcript; what it says stands there.
// @ts-check
"use strict";
(() => {
  /** Seconds by which a word is lit before it is heard; audioed/companions.py says why. */
  const LEAD = 0.06;
  /** Seconds of silence in which the last sentence stays lit. */
  const LINGER = 1;
  /** Milliseconds after a reader has scrolled in which the page does not. */
  const YIELD = 4000;
  /** A recording is over this many seconds before its end: nobody wants to go on there. */
  const OVER = 5;

  const box = document.getElementById("player");
  const audio = /** @type {HTMLAudioElement} */ (document.getElementById("audio"));
  if (!box || !audio) return;
  const told = box.dataset, root = document.documentElement;
  const length = Number(told.duration), embedded = "embedded" in told;

  /** @param {string} name @returns {any} what a reader works with, by what it does */
  const part = name => box.querySelector(`[data-do="${name}"]`);
  /** @param {string} name @param {string} text */
  const show = (name, text) => {
    const place = box.querySelector(`[data-show="${name}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  };
  /** @param {number} seconds @returns {string} as 1:02:03 */
  const clock = seconds => {
    const whole = Math.max(0, Math.floor(seconds)), two = (/** @type {number} */ n) => String(n % 60).padStart(2, "0");
    const minutes = Math.floor(whole / 60);
    return minutes < 60 ? `${minutes}:${two(whole)}` : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(whole)}`;
  };
  /** @param {string} name @returns {string | null} what was kept, where this browser keeps anything */
  const kept = name => { try { return localStorage.getItem(`audioed ${name}`); } catch { return null; } };
  /** @param {string} name @param {string | null} value null forgets it */
  const keep = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(`audioed ${name}`);
      else localStorage.setItem(`audioed ${name}`, value);
    } catch { /* private windows and full stores keep nothing */ }
  };
  /** @param {ArrayLike<number>} starts ascending @param {number} now @returns {number} the last that is not later, or -1 */
  const last = (starts, now) => {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= now) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  // ---- where we are

  /** Where to go once it plays: Safari forgets what it is told before. @type {number | null} */
  let wanted = null;
  const now = () => wanted ?? audio.currentTime;
  /** @param {number} seconds */
  const seek = seconds => {
    const to = Math.min(Math.max(0, seconds), Math.max(0, length - 0.1));
    wanted = audio.readyState ? null : to;
    audio.currentTime = to;
    tick();
  };
  /** @param {Event} event */
  const arrive = event => {
    if (wanted === null) return;
    if (Math.abs(audio.currentTime - wanted) > 0.5) audio.currentTime = wanted;
    if (event.type === "playing") wanted = null;
  };
  const play = () => {
    if (audio.error || audio.networkState === audio.NETWORK_NO_SOURCE) {  // the connection was lost: once more
      wanted = now();
      audio.load();
    }
    audio.play().catch(() => tick());  // what is wrong, the event `error` tells
  };
  const toggle = () => { if (audio.paused) play(); else audio.pause(); };

  /** @type {[number, string, string][]} start, title, address of its picture or "" */
  const chapters = JSON.parse(told.chapters || "[]");
  const begins = chapters.map(([start]) => start);
  let chapter = -1;
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("#chapters [data-start]")]);

  const enter = (/** @type {number} */ found) => {
    chapter = found;
    show("chapter", chapters[found]?.[1] ?? "");
    for (const link of links) {
      if (found >= 0 && Math.abs(Number(link.dataset.start) - begins[found]) < 0.01) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    announce();
  };

  // ---- what is shown

  const bar = part("seek"), asleep = part("sleep");
  let dragged = false;
  function tick() {
    const at = now(), found = last(begins, at + 0.05);
    if (found !== chapter) {
      if (asleep.value === "chapter" && !audio.paused && found === chapter + 1) rest();
      enter(found);
    }
    if (!dragged) bar.value = String(at);
    bar.style.setProperty("--player-done", `${(100 * at) / length}%`);
    const said = `${clock(at)} / ${clock(length)}`;
    if (bar.getAttribute("aria-valuetext") !== said) bar.setAttribute("aria-valuetext", said);
    show("now", clock(at));
    light(at);
    offer();
  }
  const frame = () => {  // each frame only what is read along: the rest moves with `timeupdate`, four times a second
    if (audio.paused) return;
    light(now());
    requestAnimationFrame(frame);
  };

  const status = box.querySelector(".player-status");
  /** @param {string} text @param {string} [address] what is to be copied by hand */
  const say = (text, address) => {
    if (!status) return;
    status.textContent = address ? `${text} ${address}` : text;
    if (!address && text !== told.failed) setTimeout(() => { if (status.textContent === text) status.textContent = ""; }, 4000);
  };

  // ---- reading along

  const read = document.getElementById("transcript");
  let cues = /** @type {HTMLElement[]} */ ([]), starts = new Float64Array(), ends = starts;
  const text = read && longText(found => {
    cues = found;
    [starts, ends] = ["start", "end"].map(name => Float64Array.from(cues, cue => Number(cue.dataset[name])));
  });
  const marks = "highlights" in CSS ? { word: new Highlight(), passage: new Highlight() } : null;
  if (marks) for (const [name, mark] of Object.entries(marks)) CSS.highlights.set(`player-${name}`, mark);
  let sentence = -1, word = -1;
  /** Of the sentence that was asked for last. @type {{of: number, times: number[], places: [number, number][]}} */
  let known = { of: -1, times: [], places: [] };

  /** @param {number} place of a sentence @returns {typeof known} when each of its words begins, and where it stands */
  const words = place => {
    if (known.of === place) return known;
    const cue = cues[place], text = cue.textContent || "";
    let at = starts[place];
    const times = (cue.dataset.words || "").split(" ").filter(Boolean).map(more => (at += Number(more) / 100));
    const found = [...text.matchAll(/\S+/g)].map(match => /** @type {[number, number]} */ ([match.index, match.index + match[0].length]));
    known = times.length === found.length ? { of: place, times, places: found } : { of: place, times: [], places: [] };
    return known;
  };
  /** @param {HTMLElement} cue @param {number} place in its text @returns {[Node, number]} the same place in the page */
  const inside = (cue, place) => {
    const walker = document.createTreeWalker(cue, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode(), left = place;
    for (let next = node; next; next = walker.nextNode()) {
      node = next;
      if (left <= (next.nodeValue || "").length) break;
      left -= (next.nodeValue || "").length;
    }
    return node ? [node, Math.min(left, (node.nodeValue || "").length)] : [cue, 0];
  };
  /** @param {HTMLElement} cue @param {Node} node @param {number} offset @returns {number} the place in its text */
  const within = (cue, node, offset) => {
    const before = document.createRange();
    before.selectNodeContents(cue);
    before.setEnd(node, offset);
    return before.toString().length;
  };
  /** @param {HTMLElement} cue @param {number} from @param {number} until */
  const span = (cue, from, until) => {
    const range = document.createRange();
    range.setStart(...inside(cue, from));
    range.setEnd(...inside(cue, until));
    return range;
  };

  /** @param {number} at */
  function light(at) {
    const ahead = at + LEAD;
    text?.reach(ahead);
    let place = last(starts, ahead);
    if (place >= 0 && ahead > ends[place] + LINGER) place = -1;
    if (!at && audio.paused) place = -1;
    const sounding = place >= 0 && ahead <= ends[place] ? last(words(place).times, ahead) : -1;
    if (place !== sentence) {
      const before = cues[sentence];
      before?.classList.remove("player-now");
      cues[place]?.classList.add("player-now");
      [sentence, word] = [place, -1];
      marks?.word.clear();
      if (place >= 0) follow(before);
    }
    if (sounding !== word) {
      word = sounding;
      marks?.word.clear();
      if (word >= 0) marks?.word.add(span(cues[place], ...words(place).places[word]));
    }
  }

  // The page scrolls with the voice as long as the reader sees what is being said, and has not scrolled just now.
  let scrolled = -YIELD, ours = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  /** @param {Element} element @returns {boolean} */
  const seen = element => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight - dock();
  };
  /** @param {Element} element */
  const bring = element => {
    ours = performance.now();
    element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  };
  /** @param {Element | undefined} before what was lit */
  const follow = before => {
    const cue = cues[sentence];
    if (audio.paused || !before || !seen(before) || performance.now() - scrolled < YIELD || !getSelection()?.isCollapsed) return;
    const { top, bottom } = cue.getBoundingClientRect(), room = innerHeight - dock();
    if (top < 0.1 * room || bottom > 0.75 * room) bring(cue);
  };
  const offered = part("follow");
  const offer = () => { offered.hidden = audio.paused || sentence < 0 || seen(cues[sentence]); };
  for (const name of ["wheel", "touchmove", "scroll"])
    addEventListener(name, () => { if (name !== "scroll" || performance.now() - ours > 1000) scrolled = performance.now(); }, { passive: true });
  offered.addEventListener("click", () => {
    scrolled = -YIELD;
    if (sentence >= 0) bring(cues[sentence]);
    offered.hidden = true;
  });

  /** @param {Node | null} node @returns {HTMLElement | null} the sentence in which it stands */
  const cueOf = node => (node instanceof Element ? node : node?.parentElement)?.closest("#transcript [data-start]") ?? null;
  /** @param {HTMLElement} cue @param {number} offset in its text @returns {number} when the word there begins */
  const sounds = (cue, offset) => {
    const place = cues.indexOf(cue), { times, places } = words(place);
    return times[Math.max(0, last(places.map(([from]) => from), offset))] ?? starts[place];
  };
  /** @param {MouseEvent} event @param {HTMLElement} cue @returns {number} when the word below the pointer begins */
  const pointed = (event, cue) => {
    const { clientX: x, clientY: y } = event;
    const caret = document.caretPositionFromPoint?.(x, y), range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const [node, offset] = caret ? [caret.offsetNode, caret.offset] : range ? [range.startContainer, range.startOffset] : [null, 0];
    return node && cue.contains(node) ? sounds(cue, within(cue, node, offset)) : starts[cues.indexOf(cue)];
  };

  // ---- links into the recording

  /** @param {string} hash @returns {[number, number] | null} `#t=1:02.5` or `#t=12,15` in seconds (Media Fragments, 4.2.1) */
  const fragment = hash => {
    const found = /[#&]t=(?:npt:)?([\d:.]+)s?(?:,([\d:.]+)s?)?/.exec(hash);
    if (!found) return null;
    const [from, until] = [found[1], found[2] ?? "0"].map(each => each.split(":").reduce((sum, unit) => sum * 60 + Number(unit), 0));
    return Number.isFinite(from) && Number.isFinite(until) ? [from, until] : null;
  };
  /** @param {string} address without its fragment */
  const bare = address => address.split("#")[0];
  const recordings = new Set([...audio.querySelectorAll("source")].map(source => bare(source.src)));

  let chosen = false;  // whether the click only lets go of what was selected
  document.addEventListener("pointerdown", () => { chosen = !getSelection()?.isCollapsed; });
  document.addEventListener("click", event => {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = target.closest("a");
    if (link) {
      const goal = fragment(link.hash);
      if (!goal || ![bare(location.href), ...recordings].includes(bare(link.href))) return;
      event.preventDefault();
      seek(goal[0]);
      play();
    } else if (!chosen && getSelection()?.isCollapsed) {
      const cue = cueOf(target);
      if (cue) seek(Math.max(0, pointed(event, cue) - LEAD / 2));
    }
  });

  /** @returns {boolean} whether the page's address names a moment, where we now are */
  const honour = () => {
    const goal = fragment(decodeURIComponent(location.hash.replace(/%(?![\da-f]{2})/gi, "%25")));
    if (!goal) return false;
    seek(goal[0]);
    const end = Math.max(...goal) + LEAD;
    if (text && !text.has(end)) {
      text.reach(end).then(() => { if (text.has(end)) honour(); });
      return true;
    }
    const first = Math.max(0, last(starts, goal[0] + LEAD)), chosen = cues.filter((_, place) => starts[place] < goal[1] && ends[place] > goal[0]);
    marks?.passage.clear();
    for (const cue of chosen) {
      const { times, places } = words(cues.indexOf(cue));
      const inIt = places.filter((_, place) => times[place] > goal[0] - LEAD / 2 && times[place] < goal[1] - LEAD / 2);
      marks?.passage.add(inIt.length ? span(cue, inIt[0][0], inIt[inIt.length - 1][1]) : span(cue, 0, (cue.textContent || "").length));
    }
    if (cues[first]) requestAnimationFrame(() => bring(cues[first]));
    return true;
  };
  addEventListener("hashchange", honour);

  // ---- sharing

  const round = (/** @type {number} */ seconds) => String(Math.round(seconds * 100) / 100);
  /** @returns {{text: string, time: string, range: Range} | null} what is selected in the transcript, and when it sounds */
  const selected = () => {
    const selection = getSelection();
    if (!read || !selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const text = selection.toString().replace(/\s+/g, " ").trim();
    if (!text || !read.contains(range.commonAncestorContainer)) return null;
    const chosen = cues.filter(cue => range.intersectsNode(cue));
    if (!chosen.length) return null;
    const first = chosen[0], final = chosen[chosen.length - 1];
    const from = first.contains(range.startContainer) ? sounds(first, within(first, range.startContainer, range.startOffset)) : starts[cues.indexOf(first)];
    let until = ends[cues.indexOf(final)];
    if (final.contains(range.endContainer)) {
      const offset = within(final, range.endContainer, range.endOffset), { times, places } = words(cues.indexOf(final));
      until = times[last(places.map(([at]) => at), offset - 1) + 1] ?? until;
    }
    return { text, time: `${round(from)},${round(until)}`, range };
  };
  /** @param {string} text to be pasted elsewhere @returns {Promise<boolean>} */
  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };
  const share = async () => {
    const passage = selected(), at = Math.floor(now());
    const page = (embedded && /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="canonical"]'))?.href) || bare(location.href);
    const time = passage ? passage.time : at ? String(at) : "";
    const url = page + (time && `#t=${time}`), title = document.title;
    if ("share" in navigator) {
      const what = passage ? { title, text: passage.text, url } : { title, url };
      const done = await navigator.share(what).then(() => true, error => error.name === "AbortError");
      if (done) return;
    }
    const whole = passage ? `${passage.text}\n\n${title}\n${url}` : url;
    if (await copy(whole)) say(told.copied || ""); else say(told.uncopied || "", url);
  };
  const passage = part("passage");
  const invite = () => {
    const chosen = selected();
    passage.hidden = !chosen;
    if (!chosen) return;
    const { top, bottom, left, width } = chosen.range.getBoundingClientRect(), { offsetWidth, offsetHeight } = passage;
    const below = bottom + 10 + offsetHeight < innerHeight - dock();
    passage.style.top = `${scrollY + (below ? bottom + 10 : Math.max(10, top - offsetHeight - 10))}px`;
    passage.style.left = `${Math.min(Math.max(8, left + (width - offsetWidth) / 2), root.clientWidth - offsetWidth - 8)}px`;
  };
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(invite, 250);
  });
  for (const button of [passage, part("share")]) {
    button.addEventListener("pointerdown", (/** @type {Event} */ event) => event.preventDefault());  // the selection stays
    button.addEventListener("click", share);
  }

  // ---- the bar stays in sight

  const strip = /** @type {HTMLElement} */ (box.querySelector(".player-bar"));
  const dock = () => (root.classList.contains("player-docked") ? strip.offsetHeight : 0);
  /** @param {boolean} docked */
  const move = docked => {
    if (docked === root.classList.contains("player-docked")) return;
    box.style.minHeight = docked ? `${box.offsetHeight}px` : "";
    root.classList.toggle("player-docked", docked);
    root.style.setProperty("--player-height", `${dock()}px`);
  };
  let visible = true;
  const settle = () => move(!visible && !embedded && (now() > 0 || !audio.paused));
  const seeing = new IntersectionObserver(([entry]) => { visible = entry.isIntersecting; settle(); }, { rootMargin: "-96px 0px 0px" });
  seeing.observe(box);  // above that margin only the tools below the bar are left

  // ---- what a listener does

  part("play").addEventListener("click", toggle);
  part("back").addEventListener("click", () => seek(now() - 15));
  part("ahead").addEventListener("click", () => seek(now() + 30));
  bar.addEventListener("input", () => { dragged = true; seek(Number(bar.value)); });
  bar.addEventListener("change", () => { dragged = false; });

  const speed = part("speed");
  try {
    for (const each of speed.options) each.textContent = `${Number(each.value).toLocaleString(root.lang)}×`;
  } catch { /* a page may be in a language that is none */ }
  const hurry = () => { audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value); };
  if ([...speed.options].some(each => each.value === kept("speed"))) speed.value = kept("speed");
  speed.addEventListener("change", () => { keep("speed", speed.value); hurry(); });
  hurry();

  const volume = part("volume");
  audio.volume = 0.5;
  volume.parentElement.hidden = audio.volume !== 0.5;  // telephones have keys for it, and let no page change it
  audio.volume = 1;
  volume.addEventListener("input", () => {
    audio.volume = Number(volume.value);
    volume.style.setProperty("--player-done", `${100 * audio.volume}%`);
  });

  let deadline = Infinity;
  const rest = () => { audio.pause(); asleep.value = ""; deadline = Infinity; };
  asleep.addEventListener("change", () => { deadline = Number(asleep.value) ? Date.now() + 60000 * Number(asleep.value) : Infinity; });

  const single = part("keys");  // whoever speaks to the computer turns them off (WCAG 2.2, 2.1.4); pages of others have their own
  if (single) {
    single.checked = kept("keys") !== "off";
    single.addEventListener("change", () => keep("keys", single.checked ? null : "off"));
  }
  /** @type {Record<string, () => void>} */
  const keys = {
    k: toggle, j: () => seek(now() - 15), l: () => seek(now() + 30), " ": toggle,
    arrowleft: () => seek(now() - 5), arrowright: () => seek(now() + 5),
  };
  document.addEventListener("keydown", event => {
    const key = event.key.toLowerCase(), target = /** @type {HTMLElement} */ (event.target), does = keys[key];
    if (!does || !single?.checked || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || (event.repeat && does === toggle)) return;
    if (target.isContentEditable || target.closest("textarea, select, input:not([type=checkbox], [type=range])")) return;
    if (key.length > 1 && target.closest("input, audio, [tabindex]")) return;
    if (key === " " && target.closest("button, a, summary, input, audio")) return;
    event.preventDefault();
    does();
  });

  // ---- what the recording does

  let saved = 0;
  const save = () => {
    saved = Date.now();
    keep(told.id || "", now() > 0 && now() < length - OVER ? now().toFixed(1) : null);
  };
  const turn = () => {
    root.classList.toggle("player-playing", !audio.paused);
    part("play").setAttribute("aria-label", (audio.paused ? told.play : told.pause) || "");
    part("play").title = (audio.paused ? told.play : told.pause) || "";
    settle();
    offer();
  };
  for (const name of ["loadedmetadata", "canplay", "playing"]) audio.addEventListener(name, arrive);
  audio.addEventListener("play", () => { turn(); requestAnimationFrame(frame); });
  audio.addEventListener("playing", () => { if (status?.textContent === told.failed) say(""); });
  audio.addEventListener("pause", () => { turn(); save(); });
  audio.addEventListener("ended", () => { keep(told.id || "", null); turn(); });
  audio.addEventListener("timeupdate", () => {
    if (Date.now() >= deadline) rest();
    if (!audio.paused && Date.now() - saved > 5000) save();
    tick();
  });
  for (const name of ["seeked", "durationchange", "ratechange"]) audio.addEventListener(name, () => { tick(); stand(); });
  for (const name of ["waiting", "playing", "pause", "error"])
    audio.addEventListener(name, () => root.classList.toggle("player-waiting", name === "waiting"));
  const fail = () => {
    wanted = now();
    audio.pause();
    say(told.failed || "");
  };
  audio.addEventListener("error", fail);
  audio.querySelector("source:last-of-type")?.addEventListener("error", fail);  // when none of them can be played
  addEventListener("pagehide", () => { if (audio.played.length) save(); });

  // ---- what the system shows: lock screens, headphones, cars

  const session = "mediaSession" in navigator ? navigator.mediaSession : null;
  /** @param {string} name @returns {string} */
  const written = name => document.getElementById(name)?.textContent?.trim() || "";
  /** @param {string | undefined} source @returns {MediaImage[]} */
  const picture = source => (source ? [{ src: new URL(source, document.baseURI).href }] : []);
  function announce() {
    if (!session || !("MediaMetadata" in window)) return;
    const cover = /** @type {HTMLImageElement | null} */ (document.getElementById("cover"));
    session.metadata = new MediaMetadata({
      title: written("title") || document.title,
      artist: written("show"),
      album: chapters[chapter]?.[1] ?? "",
      artwork: picture(chapters[chapter]?.[2] || cover?.src),
      // @ts-ignore: newer than the types
      chapterInfo: chapters.map(([startTime, title]) => ({ startTime, title })),
    });
  }
  const stand = () => {
    try {
      session?.setPositionState({ duration: length, position: Math.min(now(), length), playbackRate: audio.playbackRate });
    } catch { /* some know no position */ }
  };
  /** @type {[MediaSessionAction, MediaSessionActionHandler | null][]} */
  const handlers = [
    ["play", play],
    ["pause", () => audio.pause()],
    ["seekbackward", details => seek(now() - (details.seekOffset || 15))],
    ["seekforward", details => seek(now() + (details.seekOffset || 30))],
    ["seekto", details => seek(details.seekTime ?? now())],
    ["previoustrack", chapters.length ? () => seek(begins[Math.max(0, now() - begins[chapter] > 3 ? chapter : chapter - 1)] ?? 0) : null],
    ["nexttrack", chapters.length ? () => seek(begins[chapter + 1] ?? now()) : null],
  ];
  for (const [action, handler] of handlers) {
    try { session?.setActionHandler(action, handler); } catch { /* some know few actions */ }
  }

  // ---- here we go

  audio.controls = false;
  for (const each of box.querySelectorAll(".player-keys, .player-line, .player-more, .player-tools")) each.removeAttribute("hidden");
  for (const start of begins.slice(1)) {
    const mark = document.createElement("i");
    mark.style.insetInlineStart = `${(100 * start) / length}%`;
    box.querySelector(".player-marks")?.append(mark);
  }
  root.classList.add("player-ready");
  turn();
  if (!honour()) {
    const before = Number(kept(told.id || ""));
    if (before > 0 && before < length - OVER) seek(before); else tick();
  }
})();
