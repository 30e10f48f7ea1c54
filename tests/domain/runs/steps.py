"""Which of the named steps a run of each kind comes by, and a kill at one."""

from domain.runs.tools import Step

MAILING_ONLY = (Step.LETTERS_QUEUED, Step.LETTERS_SETTLED)
EXPORT_STEPS = [step for step in Step if step not in MAILING_ONLY]
PREPARING_STEPS = [Step.ROWS_CLAIMED, Step.ROWS_HASHED, Step.ROWS_PREPARED]
MAILING_STEPS = [Step.ANNOUNCED, *MAILING_ONLY, Step.RUN_ENDED, Step.RESULT_SHOWN]


class Killed(BaseException):
    """The process ended here; nothing after this line ran."""
