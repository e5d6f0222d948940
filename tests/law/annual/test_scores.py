"""Every planted error of every wording and shape is found by its check, and nothing wrong is said of sound reports."""

from tests.law.annual.scoring import scores


def test_every_planted_error_is_found_and_no_sound_report_is_blamed() -> None:
    by_check, false, sound, wrong = scores(written=False)
    assert sum(score.planted for score in by_check.values()) >= 120
    assert [name for score in by_check.values() for name in score.missed] == []
    assert wrong == []
    assert not false
    assert sound >= 200
