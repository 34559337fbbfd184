"""
Train the judge of rows on labelled pages, and measure it on pages that it has not seen.

    python training/judge.py [--folds 5] [--save | --check]
"""

import argparse
import json
import pickle
import re
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pages as labelled
from catboost import CatBoostClassifier, Pool
from pages import Labelled
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from audioed.extraction import judge

warnings.simplefilter("ignore", ConvergenceWarning)  # a hundredth of a percent is not worth a minute
LEARNED = Path(__file__).with_name("learned.tsv")
"""Digests of what was learned last, and of what it was learned from."""
READERS = ("promo_words", "headline_words", "promo", "headlines")
TEXT, KIND, NAMES, READING = 1 << 15, 1 << 13, 1 << 13, 1 << 15


def sparse(rows, size):
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    words = np.fromiter((word for row in rows for word in row), np.int64, int(lengths.sum())) % size
    values = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths)
    return csr_matrix((values, words, np.concatenate([[0], np.cumsum(lengths)])), (len(rows), size))


def linear(matrix, answers, weights, c):
    model = LogisticRegression(C=c, max_iter=25, tol=1e-3)
    model.fit(matrix, answers, weights)
    return model


def as_linear(model, classes=None):
    weights, bias = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
    if classes:  # kinds that this part of the pages lacks get nothing
        whole, biases = np.zeros((len(weights), classes), np.float32), np.full(classes, -9.0, np.float32)
        whole[:, model.classes_], biases[model.classes_] = weights, bias
        return judge.Linear(whole, biases)
    return judge.Linear(weights, bias)


def as_trees(model):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "trees.json")
        model.save_model(path, format="json")
        stored = json.loads(path.read_text("utf8"))
    trees = stored["oblivious_trees"]
    depth = max(len(each["splits"]) for each in trees)
    kinds = len(stored["scale_and_bias"][1])
    figures = np.zeros((len(trees), depth), np.int32)
    borders = np.full((len(trees), depth), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << depth, kinds), np.float32)
    for i, tree in enumerate(trees):
        for j, split in enumerate(tree["splits"]):
            figures[i, j], borders[i, j] = split["float_feature_index"], split["border"]
        values = np.array(tree["leaf_values"], np.float32).reshape(-1, kinds)
        leaves[i, : len(values)] = values
    return judge.Trees(figures, borders, leaves, np.array(stored["scale_and_bias"][1], np.float32))


def boosted(inputs, answers, weights, *, trees, depth, steady, share, seed=22):
    """Trees; `steady` shrinks leaves of few rows, `share` is how many figures each tree chooses from."""
    model = CatBoostClassifier(
        iterations=trees,
        depth=depth,
        learning_rate=0.06,
        l2_leaf_reg=steady,
        rsm=share,
        border_count=64,
        random_seed=seed,
        thread_count=2,
        verbose=False,
        loss_function="Logloss",
        allow_writing_files=False,
        bootstrap_type="Bernoulli",
        subsample=0.7,
    )
    model.fit(Pool(inputs, answers, weight=weights))
    return as_trees(model)


def group_of(letter):
    return next(i for i, group in enumerate(judge.GROUPS) if letter in group)


def learnt(pages: list[Labelled]):
    """The four judges of words."""
    pages = [p for p in pages if p.seen is not p.alone]
    read = np.concatenate([p.read for p in pages])
    weight = np.concatenate([p.weight * page_weight(p) for p in pages])
    texts = [row for p in pages for row in p.seen.texts]
    names = [row for p in pages for row in p.seen.names]
    sure = np.flatnonzero((read >= 0) & np.concatenate([useful(p) for p in pages]))
    text = linear(sparse([texts[i] for i in sure], TEXT), read[sure], weight[sure], 3.0)
    all_words = [row for p in pages for row in p.seen.all_words]
    whole = linear(sparse([all_words[i] for i in sure], TEXT), read[sure], weight[sure], 3.0)
    name = linear(sparse([names[i] for i in sure], NAMES), read[sure], weight[sure], 1.0)
    hand = [p for p in pages if p.kinds and not p.name.startswith("dev")]
    rows = [(p.seen.texts[i], letter) for p in hand for i, letter in enumerate(p.kinds) if letter != "?"]
    kinds = linear(sparse([row for row, _ in rows], KIND), [group_of(letter) for _, letter in rows], None, 3.0)
    return *map(as_linear, (text, whole)), as_linear(kinds, len(judge.GROUPS)), as_linear(name)


def useful(page: Labelled):
    """Rows that teach something: those near the text, and a third of the others."""
    near = np.convolve(np.asarray(page.kept) | (page.read > 0), np.ones(41), "full")[20:-20] > 0
    return near | (np.arange(len(near)) % 3 == 0)


def page_weight(page: Labelled) -> float:
    """Pages count alike, whatever their length, and labelled ones more."""
    return (2.0 if page.kinds else 1.0) * (200 / max(40, len(page.texts))) ** 0.5


def scores(page, words):
    text, whole, kinds, names = words
    texts, all_words = judge.Words.of(page.seen.texts), judge.Words.of(page.seen.all_words)
    named = names.scores(judge.Words.of(page.seen.names))
    return text.scores(texts), whole.scores(all_words), kinds.scores(texts), named


def folds(pages, count):
    """The fold of each page, by its site."""
    sites = sorted({p.site for p in pages}, key=lambda each: (labelled.key(each), each))
    return np.array([sites.index(p.site) % count for p in pages])


@dataclass
class Trained:
    words: tuple
    read: judge.Trees
    promo_words: judge.Linear
    headline_words: judge.Linear
    promo: judge.Trees
    headlines: judge.Trees


def readable(page):
    """Of each row whether it teaches how rows are read."""
    return np.array([each in labelled.READ and each != "T" for each in page.kinds])


def of_reading(pages, letter):
    """The judge of the words of promos or of headlines."""
    rows, answers = [], []
    for page in pages:
        chosen = np.flatnonzero(readable(page))
        rows += [page.seen.all_words[i] for i in chosen]
        answers += [page.kinds[i] == letter for i in chosen]
    answers = np.array(answers).astype(int)
    return as_linear(linear(sparse(rows, READING), answers, np.where(answers, 3.0, 1.0), 2.0))


def asked(pages, words, letter):
    """The judge of promos or of headlines, from what is read of pages labelled by hand."""
    rows, answers, weights = [], [], []
    for page, scores_ in zip(pages, words):
        chosen = readable(page)
        rows.append(judge.asking_inputs(page.seen, scores_)[chosen])
        right = np.array(list(page.kinds))[chosen] == letter
        answers.append(right)
        size = np.sqrt(np.maximum(10, page.seen.sizes[chosen]) / 100)
        weights.append(np.where(right, 2.0, 1.0) * size)
    answers, weights = np.concatenate(answers).astype(int), np.concatenate(weights)
    return boosted(np.vstack(rows), answers, weights, trees=300, depth=5, steady=12, share=0.25)


def readers(hand, inner=5):
    """The judges of promos and headlines: of both their words, and their trees."""
    fold = folds(hand, inner)
    apart = [[of_reading([p for p, f in zip(hand, fold) if f != k], letter) for letter in "PL"] for k in range(inner)]
    texts = [judge.Words.of(p.seen.all_words) for p in hand]
    words = [np.hstack([each.scores(text) for each in apart[k]]) for text, k in zip(texts, fold)]
    return [*(of_reading(hand, letter) for letter in "PL"), *(asked(hand, words, letter) for letter in "PL")]


def train(pages: list[Labelled]) -> Trained:
    """Everything that is learned."""
    return Trained(*reading(pages), *readers([p for p in pages if p.kinds]))


def reading(pages: list[Labelled], inner=4, log=print):
    """What is learned of reading; what a later judge sees of an earlier one comes from pages that it has not seen."""
    pages = [*pages, *(replace(p, seen=p.alone, weight=p.weight / 2) for p in pages if p.alone)]
    fold = folds(pages, inner)
    began = time.time()
    apart = [learnt([p for p, f in zip(pages, fold) if f != k]) for k in range(inner)]
    words = learnt(pages)
    log(f"  words {time.time() - began:.0f} s")
    inputs, read, weight = [], [], []
    for page, k in zip(pages, fold):
        sure = (page.read >= 0) & useful(page)
        inputs.append(judge.reading_inputs(page.seen, *scores(page, apart[k]))[sure])
        read.append(page.read[sure])
        weight.append((page.weight * page_weight(page))[sure])
    inputs, read, weight = map(np.concatenate, (inputs, read, weight))
    trees = boosted(inputs, read, weight, trees=600, depth=6, steady=6, share=0.3)
    log(f"  read {time.time() - began:.0f} s")
    return words, trees


def told(trained: Trained, page: Labelled):
    """What the judges think of a page's rows: chance of being read, and letters."""
    text, whole, kinds, names = trained.words
    readers_ = {name: getattr(trained, name) for name in ("read", *READERS)}
    _, odds, _, asked_ = judge.Judge(text=text, whole=whole, kinds=kinds, names=names, **readers_).told(page.seen)
    return judge.trusting(odds, np.asarray(page.kept), page.seen.sizes), asked_


def stored(parts: dict[str, judge.Linear | judge.Trees], path: Path) -> dict[str, np.ndarray]:
    """Write these judges, and give what was written: eight bits for each weight, sixteen for a leaf and a figure."""
    arrays = {}
    for name, part in parts.items():
        arrays[f"{name}.bias"] = part.bias
        if isinstance(part, judge.Linear):
            scale = np.abs(part.weights).max() / 127 or 1.0
            arrays[f"{name}.weights"] = np.round(part.weights / scale).astype(np.int8)
            arrays[f"{name}.weights.scale"] = np.float32(scale)
        else:
            arrays[f"{name}.figures"] = part.figures.astype(np.uint16)
            arrays[f"{name}.borders"] = part.borders
            arrays[f"{name}.leaves"] = part.leaves.astype(np.float16)
    arrays = {name: arrays[name] for name in sorted(arrays)}
    np.savez_compressed(path, **arrays)
    print(path.name, path.stat().st_size, "bytes")
    return arrays


def digest(parts) -> str:
    """The SHA-256 of these names and arrays, whatever file they stand in and however that is packed."""
    whole = sha256()
    for name, array in parts:
        whole.update(f"{name} {array.dtype.str} {array.shape}".encode() + array.tobytes())
    return whole.hexdigest()


def learned_from(pages: list[Labelled]) -> str:
    """The digest of all that is learned from: the figures of the rows of these pages, their words and their letters."""
    return digest(
        (f"{p.name} {p.kinds} {part}", array)
        for p in pages
        for part, seen in (("seen", p.seen), ("alone", p.alone))
        if seen
        for array in (seen.figures, seen.hints, *held(seen), p.read, p.weight, np.asarray(p.kept))
    )


def held(seen):
    """The words and groups of a page's rows."""
    for each in (seen.texts, seen.names, seen.all_words):
        yield from (each.all, each.lengths)
    yield from (np.asarray(seen.heads), seen.groups, seen.sizes)


def record(**digests: str) -> str:
    """What `LEARNED` holds: these digests, and the versions of what they hang on."""
    names = ("catboost", "scikit-learn", "numpy", "scipy", "trafilatura", "lxml")
    return "".join(f"{name}\t{value}\n" for name, value in (digests | {each: version(each) for each in names}).items())


def bag(text):
    return Counter(re.findall(r"\w+", text.lower()))


def f1(got, want):
    return 2 * (got & want).total() / max(1, got.total() + want.total())


def chosen(page, flags):
    return "\n".join(text for text, flag in zip(page.texts, flags) if flag)


def snippets(page, text):
    flat = " ".join(labelled.words(text))
    without, with_ = (
        [" ".join(labelled.words(each)) in flat for each in page.gold.get(key) or ()] for key in ("without", "with")
    )
    return sum(without), len(with_) - sum(with_)


def interval(values, seed=1):
    random = np.random.default_rng(seed)
    values = np.array(values)
    means = [values[random.integers(0, len(values), len(values))].mean() for _ in range(1000)]
    return f"{values.mean():.4f} [{np.quantile(means, 0.025):.4f}, {np.quantile(means, 0.975):.4f}]"


def report(results):
    """Figures per set. `results`: page and what the judges think of its rows."""
    sets = defaultdict(list)
    for page, told_ in results:
        sets[page.name.split("-")[0]].append((page, told_))
    for name, members in sets.items():
        base, ours, leak, lost = [], [], 0, 0
        for page, (odds, _asked) in members:
            want = bag(page.gold["text"])
            base.append(f1(bag(chosen(page, page.kept)), want))
            ours.append(f1(bag(chosen(page, odds > 0)), want))
            a, b = snippets(page, chosen(page, odds > 0))
            leak, lost = leak + a, lost + b
        print(f"{name}: {len(members)} pages, trafilatura's rows {interval(base)}")
        print(f"  judge {interval(ours)}; without read {leak}, with lost {lost}")
    hand = [(p, t) for p, t in results if p.kinds]
    if hand:
        readings(hand)


def readings(hand):
    """Recall and precision of headlines and promos on pages labelled by hand, by words, at several thresholds."""
    rows = []
    counts = Counter()
    for page, (odds, asked_) in hand:
        for text, is_, odd, (promo, listed) in zip(page.texts, page.kinds, odds, asked_):
            n = len(text.split())
            if is_ not in "?T":
                rows.append((n, is_, odd > 0, promo, listed))
                counts["lost"] += is_ in "BS" and odd <= 0 and n >= 8
                counts["body"] += is_ in "BS" and n >= 8
                counts["leak"] += is_ not in labelled.READ and odd > 0 and n >= 4
                counts["read"] += odd > 0 and n >= 4
    for letter, column in (("P", 3), ("L", 4)):
        for least in (-1.5, -1, -0.5, 0, 0.5):
            says = [row for row in rows if row[2] and row[column] > least]
            right = sum(row[0] for row in says if row[1] == letter)
            is_ = sum(row[0] for row in rows if row[1] == letter)
            recall, precision = right / max(1, is_), right / max(1, sum(row[0] for row in says))
            print(f"  {letter} at {least}: R {recall:.3f} P {precision:.3f} of {is_} words")
    print(f"  body rows lost {counts['lost']} of {counts['body']}, leaked {counts['leak']} of {counts['read']} read")


def tables(results):
    """Markdown for docs/extraction.md: what rows of each letter become, and the ten worst pages."""
    counts = Counter()
    for page, (odds, asked_) in results:
        for letter, odd, (promo, listed) in zip(page.kinds, odds, asked_):
            becomes = (
                "cut"
                if odd <= 0
                else "promo"
                if promo > max(judge.ASKS, listed)
                else "headlines"
                if listed > 0
                else "body"
            )
            counts[letter, becomes] += 1
    print("| letter | rows | read as body | as headlines | as promo | cut |\n|---|---|---|---|---|---|")
    for letter in "BHSDTLPMCKNOARVFXZWEU":
        row = [counts[letter, each] for each in ("body", "headlines", "promo", "cut")]
        print(f"| {letter} | {sum(row)} | " + " | ".join(f"{each / max(1, sum(row)):.1%}" for each in row) + " |")
    worst = sorted(
        (
            f1(bag(chosen(page, odds > 0)), bag(page.gold["text"])),
            page.name,
            len(page.gold["text"].split()),
            len(chosen(page, odds > 0).split()),
        )
        for page, (odds, _asked) in results
    )[:10]
    print("\n| page | F1 | words wanted | words read |\n|---|---|---|---|")
    for score, name, wanted, got in worst:
        print(f"| {name} | {score:.3f} | {wanted} | {got} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, default=0, help="measure so many folds")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--save", action="store_true", help="learn from all but the gate, and store it")
    parser.add_argument("--check", action="store_true", help="tell whether what is learned from is still the same")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    everyone = labelled.everything(options.cache)
    for p in everyone:
        attach(p)
    gate = set((labelled.HERE / "gate.txt").read_text().split())
    sites = {p.site for p in everyone if p.name in gate}
    pages = [p for p in everyone if p.site not in sites]
    own = labelled.small()
    print(len(everyone), "pages,", len(pages), "without the gate;", sum(bool(p.kinds) for p in pages), "by hand")
    if options.check:
        if not LEARNED.is_file():
            raise SystemExit(f"{LEARNED.name} is not there yet: `make judge` writes it.")
        was = dict(line.split("\t") for line in LEARNED.read_text("utf8").splitlines())
        now = dict(line.split("\t") for line in record(inputs=learned_from(pages + own)).splitlines())
        for name, value in now.items():
            print(name, "as it was" if value == was[name] else f"was {was[name]}, is {value}")
        return
    if options.save:
        save(pages + own)
        return
    fold = folds(pages, options.folds)
    results = []
    for k in range(options.only or options.folds):
        trained = train([*(p for p, f in zip(pages, fold) if f != k), *own])
        results += [(p, told(trained, p)) for p, f in zip(pages, fold) if f == k]
        report(results[-sum(fold == k) :])
        if options.keep:
            options.keep.write_bytes(pickle.dumps(results))
    print("all folds")
    report(results)
    tables(results)


def save(pages: list[Labelled]) -> None:
    """Learn from all of these pages; what is made is the same each time, as long as `--check` finds all as it was."""
    words, read = reading(pages)
    parts = dict(zip(("text", "whole", "kinds", "names"), words)) | {"read": read}
    parts |= dict(zip(READERS, readers([p for p in pages if p.kinds])))
    arrays = stored(parts, Path(judge.__file__).with_name("judge.npz"))
    LEARNED.write_text(record(weights=digest(arrays.items()), inputs=learned_from(pages)), "utf8")


def attach(p):
    """Labels by hand, anew."""
    if p.name.startswith("dev"):
        return
    p.kinds = labelled.by_hand(p.name, p.texts)
    if p.kinds:
        p.read = np.array([-1 if each in "T?" else int(each in labelled.READ) for each in p.kinds])
        p.weight = np.ones(len(p.texts))


if __name__ == "__main__":
    with threadpool_limits(1):  # sums of several threads come out otherwise on another number of cores
        main()
