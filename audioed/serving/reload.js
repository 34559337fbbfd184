// Loads a page of the preview anew when something was built: not while something plays, nor in a tab that nobody sees.
"use strict";
(() => {
  const seen = document.currentScript.dataset.state;
  let events;

  function anew() {
    const playing = [...document.querySelectorAll("audio, video")].find((each) => !each.paused);
    if (playing) playing.addEventListener("pause", anew, { once: true });
    else location.reload();
  }
  function close() {
    events?.close();
    events = undefined;
  }
  function open() {
    if (document.hidden || events) return;
    events = new EventSource("/-/events");
    events.onmessage = ({ data }) => {
      if (data === seen) return;
      close();
      anew();
    };
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close); // a browser opens six connections to one server, and no more
  addEventListener("pageshow", open);
  open();
})();
