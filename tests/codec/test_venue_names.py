"""Names of venues in sources, and the editions that they mean."""

# ruff: noqa: E501  # each name is on one line, as registries write it

import pytest

from generator.codec.venue_names import VenueResolver
from generator.model.entities import Series, VenueKind, VenueName
from generator.text.slug import slugify


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("Proceedings of the 37th International Conference on Machine Learning, ICML 2020, 13-18 July 2020, Virtual Event", "icml"),
        ("Advances in Neural Information Processing Systems 33: Annual Conference on Neural Information Processing Systems 2020, NeurIPS 2020, December 6-12, 2020, virtual", "neurips"),
        ("The Thirty-Fourth AAAI Conference on Artificial Intelligence, AAAI 2020, New York, NY, USA", "aaai"),
        ("Proc. of ICML", "icml"),
        ("Computer Vision -- ECCV 2024", "eccv"),
        ("Medical Image Computing and Computer Assisted Intervention – MICCAI 2020 – 23rd International Conference", "miccai"),
        ("Proceedings of the 57th Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)", "acl"),
        ("Findings of the Association for Computational Linguistics: EMNLP 2020", "findings-of-emnlp"),
        ("EMNLP (Findings)", "findings-of-emnlp"),
        ("Proceedings of the 2019 Conference of the North American Chapter of the Association for Computational Linguistics: Human Language Technologies, Volume 1", "naacl"),
        ("SIGIR '20: The 43rd International ACM SIGIR conference on research and development in Information Retrieval, Virtual Event, China", "sigir"),
        ("2020 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "cvpr"),
        ("30th USENIX Security Symposium (USENIX Security 20)", "usenix-security"),
        ("ICLR.cc/2020/Conference", "iclr"),
        ("The Fourteenth International Conference on Learning Representations", "iclr"),
        ("J. Mach. Learn. Res.", "jmlr"),
        ("IEEE Trans. Pattern Anal. Mach. Intell.", "ieee-tpami"),
        ("Nat Commun", "nature-communications"),
        ("Proceedings of the National Academy of Sciences", "pnas"),
        ("2020 SIAM International Conference on Data Mining", "sdm"),
        ("SIAM J. Comput.", "sicomp"),
        ("IEEE J. Comput.", "ieee-j-comput"),
        ("CVPR Workshops", "cvpr-workshop"),
        ("2020 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)", "cvpr-workshop"),
        ("NeurIPS 2020 Workshop on Kettles", "neurips-workshop-on-kettles"),
        ("Workshop on Kettles, ICML 2020", "workshop-on-kettles"),
        ("Companion Proceedings of the Web Conference 2020", "companion-proceedings-of-the-web-conference"),
        ("International Conference on Machine Learning and Kettles", "international-conference-on-machine-learning-and-kettles"),
        ("Nature, Addresses and Lectures", "nature-addresses-and-lectures"),
        ("Third International Conference on Kettles, Pans and Pots, ICKPP 2020, Lagos, Nigeria, May 3-5, 2020, Proceedings", "ickpp"),
    ],
)  # fmt: skip
def test_venues_are_recognized_as_registers_write_them(name: str, edition: str) -> None:
    assert VenueResolver([]).edition_id(VenueName(name=name, year=2020, kind=VenueKind.CONFERENCE)) == f"{edition}-2020"


def test_a_known_venue_is_matched_to_a_series_with_another_name() -> None:
    resolver = VenueResolver([Series(id="our-nips", name="NIPS", kind=VenueKind.CONFERENCE)])
    assert (
        resolver.edition_id(VenueName(name="Advances in Neural Information Processing Systems", year=2020))
        == "our-nips-2020"
    )
    assert resolver.edition_id(VenueName(name="NeurIPS", year=2021)) == "our-nips-2021"
    assert not resolver.new_series


def test_a_shortened_id_does_not_match_the_name_of_another_venue() -> None:
    """The id of a series is cut after 60 letters, and may then read like the name of a venue that many people know."""
    known = "ACM SIGMOD International Conference on Management of Data"
    for own in ([], [Series(id=slugify(known, 60), name=f"{known}, Tutorial", kind=VenueKind.WORKSHOP)]):
        resolver = VenueResolver(own)
        resolver.edition_id(VenueName(name=f"{known}, Tutorial", year=2015, kind=VenueKind.CONFERENCE))
        name = VenueName(name=f"Proceedings of the {known}", year=2016, kind=VenueKind.CONFERENCE)
        assert resolver.edition_id(name) == "sigmod-2016"


def test_a_book_series_is_not_the_conference_in_it() -> None:
    def edition(name: str) -> str:
        return VenueResolver([]).edition_id(VenueName(name=name, year=2018, kind=VenueKind.CONFERENCE))

    assert edition("Lecture Notes in Computer Science, ECCV") == "eccv-2018"
    assert edition("Lecture Notes in Computer Science") == "lncs-2018"
    assert edition("Proceedings Of The ICLR Conference") == "iclr-2018"
