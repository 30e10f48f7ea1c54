"""Whether bytes are a workbook that can be unpacked, found out without opening it."""

import struct
import zlib
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from domain.importing.unreadable import Unreadable, UnreadableListError

MAX_UNPACKED: Final = 200_000_000

# What zipfile and zlib say of damage, each in its own way.
_NO_ARCHIVE: Final = (
    BadZipFile,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
    struct.error,
    zlib.error,
)
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
# The stream in which Office keeps an encrypted workbook ([MS-OFFCRYPTO] 2.3.4.4).
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_PACKAGE_PART: Final = "[content_types].xml"
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_LOCAL_SIGNATURE: Final = b"PK\x03\x04"
_ENCRYPTED_FLAG: Final = 1
_FED_AT_ONCE: Final = 64 * 1024
_INFLATED_AT_ONCE: Final = 1024 * 1024


def check_workbook(content: bytes, limit: int = MAX_UNPACKED) -> None:
    """Refuse what is no .xlsx workbook, is encrypted or unpacks past `limit` bytes.

    What the archive says of its sizes is not believed: everything is inflated,
    a little at a time and into nothing.
    Raises UnreadableListError.
    """
    if not content:
        raise UnreadableListError(Unreadable.EMPTY)
    if len(content) > limit:
        raise UnreadableListError(Unreadable.TOO_LARGE)
    if content.startswith(_OLE):
        is_encrypted = _ENCRYPTED_STREAM in content
        raise UnreadableListError(
            Unreadable.ENCRYPTED if is_encrypted else Unreadable.NOT_A_WORKBOOK
        )
    try:
        _check_parts(content, limit)
    except _NO_ARCHIVE as error:
        raise UnreadableListError(Unreadable.NOT_A_WORKBOOK) from error


def _check_parts(content: bytes, limit: int) -> None:
    with ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
    if all(part.filename.lower() != _PACKAGE_PART for part in parts):
        raise UnreadableListError(Unreadable.NOT_A_WORKBOOK)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise UnreadableListError(Unreadable.ENCRYPTED)
    left = limit
    for part in parts:
        left -= _unpacked_size(content, part, left)
        if left < 0:
            raise UnreadableListError(Unreadable.TOO_LARGE)


def _unpacked_size(content: bytes, part: ZipInfo, limit: int) -> int:
    """How many bytes the part holds; counts no further than just past `limit`."""
    packed = _packed(content, part)
    if part.compress_type == ZIP_STORED:
        return len(packed)
    if part.compress_type != ZIP_DEFLATED:
        raise BadZipFile("a workbook's parts are stored or deflated")
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    for start in range(0, len(packed), _FED_AT_ONCE):
        pending: bytes | memoryview = packed[start : start + _FED_AT_ONCE]
        while pending and size <= limit:
            size += len(inflating.decompress(pending, _INFLATED_AT_ONCE))
            pending = inflating.unconsumed_tail
        if inflating.eof or size > limit:
            break
    return size


def _packed(content: bytes, part: ZipInfo) -> memoryview:
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(
        content, part.header_offset
    )
    if signature != _LOCAL_SIGNATURE:
        raise BadZipFile("no part where the directory says")
    start = part.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    return memoryview(content)[start : start + part.compress_size]
