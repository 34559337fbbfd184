from audioed.synthesis.engines.mnemonics import in_letters, unbracketed


def test_espeak_is_told_sounds_in_its_own_letters():
    said = in_letters("The provenance of [Siobhan](/ʃɪˈvɔːn/)'s shoes, by Belousova in Dubai.", "en-US")
    assert said == "The [[pr'A:v@n@ns]] of [[SIv'O:n]]'s shoes, by [[b,Elu:s'oUv@]] in [[du:b'aI]]."
    assert in_letters("[Gijs](/ɣɛis/)", "en-GB") == "[[g'Ei:s]]"


def test_what_only_looks_like_letters_of_phonemes_is_read():
    assert in_letters("a [[x]] b", "en-US") == "a [ [x]] b"
    assert unbracketed("[Gijs](/ɣɛis/) [[x]]") == "Gijs [ [x]]"
