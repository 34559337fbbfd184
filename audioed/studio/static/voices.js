// Voices, heard with one's own words, one after the other.
// @ts-check
import { get, sound } from "./api.js";
import { button, icon, labelled, make } from "./dom.js";
import { Player } from "./sound.js";

/** @returns {Promise<[HTMLElement, () => void]>} the page, and what is done when it is left */
export async function voices() {
  const found = /** @type {import("./api.js").Card[]} */ ((await get("/api/voices")).voices);
  const player = new Player({ now: () => {}, stopped: () => {}, wrong: () => {} });
  const text = make("textarea", { rows: 2, maxLength: 1000, value: "The night ferry has burned no diesel since January, and a crossing costs $1,150 now." });
  const hear = (/** @type {import("./api.js").Card} */ card) => player.hear(sound("/api/sound", { written: text.value, voice: card.name, language: card.language }));
  const able = found.filter(card => !card.needs);
  const pick = (/** @type {number} */ at) => make("select", { "aria-label": `Voice ${"AB"[at]}` }, ...able.map(card => make("option", { value: card.name }, card.name)));
  const picks = [pick(0), pick(1)];
  picks[1].selectedIndex = Math.min(1, able.length - 1);
  const compared = picks.map((each, at) => make("span", { class: "pick" }, each, button(`Hear ${"AB"[at]}`, () => hear(able[each.selectedIndex]), { "aria-label": `Hear voice ${"AB"[at]}` })));
  const page = make("div", { class: "front" },
    make("header", { class: "head" }, make("h1", {}, "Voices")),
    labelled("Text to try", text),
    make("p", { class: "acts" }, "Compare ", ...compared),
    make("ul", { class: "rows" }, ...found.map(card => make("li", {},
      make("div", {}, make("h2", {}, card.name), make("p", { class: "facts" }, [card.language, card.engine, card.licence, ...card.roles].filter(Boolean).join(" · ")),
        card.description && make("p", {}, card.description), card.needs && make("p", { class: "why" }, card.needs)),
      !card.needs && button(icon("play"), () => hear(card), { class: "small", "aria-label": `Hear ${card.name}` })))));
  return [page, () => player.stop(false)];
}
