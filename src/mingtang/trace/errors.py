"""What can go wrong with the event stream.

TraceError
├── OutsideTransaction   an event was to be written without the transaction of its act
└── BrokenChain          an event was altered or removed: the digests no longer follow from each other
"""


class TraceError(Exception):
    """Root of this room's errors."""


class OutsideTransaction(TraceError):
    """Writing an event outside `transaction.atomic` could leave an act without its trace."""


class BrokenChain(TraceError):
    """The chain of digests does not hold at `seq`."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        super().__init__(f"事件流在第 {seq} 号处断裂：有记录被改动或删除，请用备份核对。")
