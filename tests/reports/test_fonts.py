import pytest

from reports.pdf import faces

MEGABYTE = 1024 * 1024


def test_the_faces_are_small_enough_to_ship() -> None:
    sizes = [path.stat().st_size for path in faces.FOLDER.glob("*.ttf")]
    assert max(sizes) < MEGABYTE
    assert sum(sizes) < 4 * MEGABYTE


@pytest.mark.parametrize("file", sorted(faces.FILES.values()))
def test_every_face_has_its_licence_beside_it(file: str) -> None:
    family = file.partition("-")[0].removesuffix(".ttf")
    assert [path for path in faces.FOLDER.glob(f"{family}-LICENSE.*") if path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", sorted(faces.FILES))
def test_figures_of_a_face_are_all_of_one_width(name: str) -> None:
    assert len({faces.face(name).widths[digit] for digit in "0123456789"}) == 1


@pytest.mark.parametrize("words", ["Ấp ủ ước mơ", "Ωραία", "Съешь", "łąka çğü", "→ ✓ − ≥ … – — • €"])
def test_every_text_face_prints_latin_greek_cyrillic_vietnamese_and_signs(words: str) -> None:
    for name in faces.FILES:
        assert faces.face(name).covers.issuperset(words)
