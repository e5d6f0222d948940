"""The screening's sieve against the same patterns run one by one with `re`, and a thousand files with flat memory.

Both give the same matches (checked before the clock starts). The text is official prose with a finding now and then,
as it comes to the gates. `python -m benchmarks.screening --rounds 5 --files 1000`.
"""

import argparse
import random
import resource
import tempfile
from pathlib import Path

from mingtang.text.screening.privacy import SOUGHT as PRIVATE
from mingtang.text.screening.secrecy import SOUGHT as MARKS
from mingtang.text.screening.sieve import Sieve, Sought, one_by_one
from mingtang.text.screening.wording.amounts import SOUGHT as AMOUNTS
from mingtang.text.screening.wording.confused import sought as confused
from mingtang.text.screening.wording.days import SOUGHT as DAYS
from mingtang.text.screening.wording.numerals import SOUGHT as NUMERALS
from mingtang.text.screening.wording.punctuation import SOUGHT as PUNCTUATION
from mingtang.text.screening.wording.repeats import SOUGHT as REPEATS

SENTENCES = (
    "各苏木镇、街道办事处要在年底前汇总当年补贴发放结果，以村为单位在公开栏公布，并做好存档工作。",
    "会议由分管负责同志主持，有关部门负责人参加，听取了上半年工作情况汇报，研究了下一步安排。",
    "申请人应当提供身份证明、联系方式和所需信息的名称、文号或者便于查询的其他特征性描述。",
    "截至6月30日，全旗共办理群众来信126件，办结率98.4%，平均用时7.2个工作日，满意率96%。",
    "对不符合要求的，一次性告知需要补正的内容和合理的期限；逾期未补正的，视为放弃申请。",
    "项目总投资3200万元，其中上级补助1800万元、本级配套900万元、自筹500万元，建设期2年。",
    "要进一步完善制度，压实责任，加强督查，确保各项任务按时保质完成，切实增强群众获得感。",
    "本办法自2024年7月1日起施行，有效期五年，原有规定与本办法不一致的，以本办法为准。",
)  # fmt: skip
PLANTS = ("手机13912345678。", "（机密★10年）", "统一布署。", "2023年2月30日前完成。", "住址：幸福小区3号楼2单元501。")


def prose(characters: int, seed: int) -> str:
    """Official prose of that length, a finding in about one paragraph of fifty."""
    rng = random.Random(seed)
    pieces: list[str] = []
    length = 0
    while length < characters:
        line = "".join(rng.choices(SENTENCES, k=rng.randint(2, 5)))
        if rng.random() < 0.02:
            line += rng.choice(PLANTS)
        pieces.append(line + "\n")
        length += len(line) + 1
    return "".join(pieces)


def patterns() -> tuple[Sought, ...]:
    """Every pattern of the screening."""
    return (*PRIVATE, *MARKS, *DAYS, *REPEATS, *PUNCTUATION, *AMOUNTS, *NUMERALS, *confused())


def many_files(count: int) -> tuple[int, int]:
    """Vet so many mixed files one after the other; the peak memory in MB after a tenth and after all."""
    from mingtang.vetting import Options, vet
    from tests.text.carried.making import HIDING_PLACES
    from tests.text.screening.making import identity_number

    makers = [make for _, make, _ in HIDING_PLACES]
    early = 0
    with tempfile.TemporaryDirectory() as folder:
        files: list[Path] = []
        for number in range(len(makers)):
            files.append(Path(folder) / f"{number}")
            files[-1].write_bytes(makers[number](identity_number(number)))
        for number in range(count):
            vet(files[number % len(files)].read_bytes(), Options(recognise=False))
            if number == count // 10:
                early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Compare and print."""
    from benchmarks.harness import compare

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--characters", type=int, default=100_000)
    options.add_argument("--files", type=int, default=1000)
    chosen = options.parse_args()
    text, sought = prose(chosen.characters, 7), patterns()
    sieve = Sieve(sought)

    def ours() -> list[tuple[str, int, int]]:
        return [(one.name, *match.span()) for one, match in sieve.matches(text)]

    def peer() -> list[tuple[str, int, int]]:
        return [(one.name, *match.span()) for one, match in one_by_one(sought, text)]

    if sorted(ours()) != sorted(peer()):
        raise SystemExit("the two do not find the same")
    megabytes = len(text.encode()) / 1_000_000
    print(f"{len(sought)} patterns, {megabytes:.2f} MB of text, {len(ours())} matches in both")
    result = compare("screening", ours, peer, chosen.rounds)
    print(result.line(1, "passes"), f"; {1 / result.ratio:.1f} times as fast")
    print(f"ours {megabytes / sorted(result.ours)[len(result.ours) // 2]:.2f} MB/s")
    early, late = many_files(chosen.files)
    print(f"{chosen.files} files: peak memory {early} MB after a tenth, {late} MB after all")


if __name__ == "__main__":
    main()
