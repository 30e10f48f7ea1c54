"""Makes out what is in a letter, however it was made (RFC 5322, RFC 2045 to 2047)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from email import errors, policy
from email.message import Message
from email.parser import BytesParser

from sandbox.mailbox.attaching import attachment_of, bytes_of, parts_of
from sandbox.mailbox.charsets import decoded
from sandbox.mailbox.headers import defect_words, headers_of
from sandbox.mailbox.html_document import content_ids
from sandbox.mailbox.letter import Attachment, Content

# After these nobody can say where a part begins or ends.
STRUCTURAL = (
    errors.FirstHeaderLineIsContinuationDefect,
    errors.MissingHeaderBodySeparatorDefect,
    errors.MultipartInvariantViolationDefect,
    errors.NoBoundaryInMultipartDefect,
    errors.StartBoundaryNotFoundDefect,
)


def content_of(raw: bytes) -> Content:
    """What can be read in it; whatever it is, this does not fail."""
    try:
        return _Reading().read(raw)
    # The parser of the standard library trips over some letters that are no letters;
    # they are kept all the same.
    except Exception as error:  # noqa: BLE001
        words = f"The letter can't be read at all ({type(error).__name__})"
        return Content(defects=(words,), is_broken=True)


@dataclass
class _Reading:
    text: str | None = None
    html: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    is_broken: bool = False

    def read(self, raw: bytes) -> Content:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        headers, self.defects = headers_of(message)
        self._take(message)
        html = self.html or ""
        shown = content_ids(html)
        return Content(
            headers=headers,
            text=self.text or "",
            html=html,
            attachments=tuple(
                replace(each, is_inline=each.content_id in shown)
                for each in self.attachments
            ),
            defects=tuple(dict.fromkeys(self.defects)),
            is_broken=self.is_broken or not headers,
        )

    def _take(self, part: Message) -> None:
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart":
            for each in parts_of(part):
                self._take(each)
        elif not self._is_body(part, kind):
            self.attachments.append(attachment_of(part, len(self.attachments) + 1))
        self._note(part, kind)

    def _is_body(self, part: Message, kind: str) -> bool:
        """Take it as the text or the HTML of the letter, if it is the first of them."""
        if part.get_content_disposition() == "attachment" or part.get_filename():
            return False
        if kind == "text/plain" and self.text is None:
            self.text = self._text(part, kind)
        elif kind == "text/html" and self.html is None:
            self.html = self._text(part, kind)
        else:
            return False
        return True

    def _text(self, part: Message, kind: str) -> str:
        charset = part.get_param("charset", "")
        text, wrong = decoded(bytes_of(part), str(charset))
        if wrong:
            self.defects.append(f"{kind} {wrong}")
        return text.replace("\r\n", "\n")

    def _note(self, part: Message, kind: str) -> None:
        # A part reports what is wrong with its encoding only once it has been decoded.
        self.defects += [f"{kind}: {defect_words(each)}" for each in part.defects]
        self.is_broken |= any(isinstance(each, STRUCTURAL) for each in part.defects)
