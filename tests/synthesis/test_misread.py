import pytest

from audioed.synthesis.engines.misread import corrected


def said(text, language="en-us"):
    return "".join(f"<{words}={ipa}>" if ipa else words for words, ipa in corrected(text, language))


def test_espeak_is_told_the_words_and_names_that_it_misreads():
    assert said("The provenance of Kipchoge's Nike shoes") == (
        "The <provenance=pɹˈɑvənn̩s> of <Kipchoge's=kɪptʃˈoʊɡeɪz> <Nike=nˈaɪki> shoes"
    )
    assert said("Roman Belousova's house, and Seinfeld’s.") == (
        "Roman <Belousova's=bˌɛlusˈoʊvəz> house, and <Seinfeld’s=sˈaɪnfɛldz>."
    )
    assert said("[Okafor](/oʊˈkɑːfɔɹ/) met Cinderby") == "<Okafor=oʊˈkɑːfɔɹ> met Cinderby"
    assert said("I-M-F and Dubai-based IMF") == "I-M-F and Dubai-based IMF"
    assert said("It was MacDonald, or VanQuelden") == "It was <MacDonald=məkdˈɑnəld>, or Vanquelden"


def test_british_voices_are_told_names_alone():
    assert said("The provenance of Belousova", "en-gb") == "The provenance of <Belousova=bˌɛlusˈoʊvə>"


@pytest.mark.parametrize("text", ["", " ", "a", "The cat sat on the mat, and it rained.", "Yes: no!"])
def test_plain_sentences_stay_as_they_are(text):
    assert "".join(words for words, _ in corrected(text, "en-us")) == text
    assert not any(ipa for _, ipa in corrected(text, "en-us"))
