"""The embedded search engine: Whoosh writes, keeps and serves the index; matching and ranking happen in arrays."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh import columns, fields, formats
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, FileIndex
from whoosh.matching import ListMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length
from whoosh.writing import MERGE_SMALL, SegmentWriter

from infopool.search import generations
from infopool.search.compiled import recipe
from infopool.search.documents import Card
from infopool.search.embedded import EmbeddedEngine, or_broken
from infopool.search.generations import Manifest
from infopool.search.inverting import ROW, TEXT, TITLE, Batch, Postings, read_card
from infopool.search.packing import pack_postings, unpack_postings
from infopool.search.snapshots import Bounded, Floats, Numbers, Part

NAME = "offers"
CARDS = 8192
"""Result cards kept ready per segment."""
IN_MEMORY = (W3Codec.TERMS_EXT, W3Codec.POSTS_EXT, ".row.col", "_len.col")


class WhooshEngine(EmbeddedEngine):
    """The engine in a folder of its own. Any number of threads and processes may use the folder at once."""

    def _create(self, folder: Path) -> Manifest:
        """An empty index in a new folder."""
        FileIndex.create(FileStorage(str(folder)), fields.Schema(), NAME)
        return Manifest(folder.name, 0, 0, recipe(), {})

    def _write(self, before: Manifest, batch: Batch, gone: Sequence[tuple[int, int]]) -> Manifest:
        """Write a new state beside the one before, and return what CURRENT must say for it to count."""
        folder = self._root / before.folder
        index = FileIndex(FileStorage(str(folder)), indexname=NAME)
        _commit(index, batch, gone)
        toc = TOC.read(index.storage, NAME)
        documents = sum(segment.doc_count_all() - segment.deleted_count() for segment in toc.segments)
        starts = (TOC._filename(NAME, toc.generation), *(segment.segment_id() + "." for segment in toc.segments))
        named = [path.name for path in folder.iterdir() if path.name.startswith(starts)]
        sums = generations.sums(folder, before.files, named)
        return replace(before, contents=toc.generation, documents=documents, files=sums)

    def _read(self, manifest: Manifest, open_parts: Mapping[str, Part]) -> list[tuple[str, Part, list[int]]]:
        """The parts of a state, with their dead documents; those that are open already are taken over."""
        folder = self._root / manifest.folder
        contents = RamStorage()
        name = TOC._filename(NAME, manifest.contents)
        contents.files[name] = generations.checked_bytes(folder, manifest, name)
        toc = TOC.read(contents, NAME, gen=manifest.contents)
        return [
            (key, open_parts.get(key) or _Part(folder, manifest, toc.schema, segment), sorted(segment.deleted_docs()))
            for key, segment in ((segment.segment_id(), segment) for segment in toc.segments)
        ]


class _Part:
    """A Whoosh segment, checked; its postings lie in memory, its cards are read from the file. See `snapshots.Part`."""

    def __init__(self, folder: Path, manifest: Manifest, schema: Any, segment: Any) -> None:
        self._files = RamStorage()
        start = segment.segment_id() + "."
        names = [name for name in manifest.files if name.startswith(start)]
        for name in names:
            if name.endswith(IN_MEMORY):
                self._files.files[name] = generations.checked_bytes(folder, manifest, name)
        self._schema, self._segment = schema, segment
        self._reader = SegmentReader(self._files, schema, segment)
        self._postings = self._files.files[segment.make_filename(W3Codec.POSTS_EXT)]
        self.rows = np.frombuffer(self._files.files[W3Codec.column_filename(segment, "row")], ROW)
        path = generations.check_file(folder, manifest, W3Codec.column_filename(segment, "card"))
        self._cards = _CARDS.reader(_Shared(path.open("rb")), 0, path.stat().st_size, len(self.rows))
        self._ready: Bounded[Card] = Bounded(CARDS)
        self._terms: dict[str, dict[str, int]] = {}
        self._lock = Lock()

    @or_broken
    def postings(self, field: str, term: str) -> tuple[Numbers, Floats] | None:
        """Who holds a term."""
        try:
            with self._lock:
                start, _length = self._reader.term_info(field, term).extent()
        except (TermNotFound, UnicodeEncodeError):
            return None
        return unpack_postings(self._postings, start)

    @or_broken
    def terms(self, field: str) -> Mapping[str, int]:
        """The terms of a field and how many documents hold each, dead ones included."""
        with self._lock:
            if field not in self._terms:
                self._terms[field] = dict(self._read_terms(field))
            return self._terms[field]

    def _read_terms(self, field: str) -> Iterator[tuple[str, int]]:
        if field in self._reader.indexed_field_names():
            for term, info in self._reader.iter_field(field):
                yield term.decode(), info.doc_frequency()

    @or_broken
    def lengths(self, field: str) -> Floats | None:
        """The words of each document in a field, in Whoosh's rounding (exact for short texts, within 4 % for long)."""
        kept = self._files.files.get(W3Codec.column_filename(self._segment, f"_{field}_len"))
        if kept is None:
            return None
        rounded = np.zeros(len(self.rows), np.uint8)
        rounded[: len(kept)] = np.frombuffer(kept, np.uint8)
        return _LENGTHS[rounded]

    def total_length(self, field: str) -> int:
        """All words of all documents in a field."""
        return int(self._reader.field_length(field))

    @or_broken
    def cards(self, numbers: Sequence[int]) -> list[Card]:
        """What the result cards of these documents show."""
        return [self._ready.get(number, partial(self._read_card, number)) for number in numbers]

    def _read_card(self, number: int) -> Card:
        return read_card(self._cards[number])


_LENGTHS = np.array([byte_to_length(kept) for kept in range(256)], np.float32)


class _Shared(StructFile):
    """A file that several threads read: every read says where, none moves the others' place."""

    def get(self, position: int, length: int) -> bytes:
        return os.pread(self.fileno(), length, position)


def _commit(index: FileIndex, batch: Batch, gone: Sequence[tuple[int, int]]) -> None:
    writer = _Writer(index)
    try:
        for part, number in gone:
            writer.segments[part].delete_document(number)
        writer.add_batch(batch)
        writer.commit(mergetype=_merge)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def _merge(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's policy for small segments; besides, a segment that is mostly dead is written anew."""
    worn = [segment for segment in segments if segment.deleted_count() * 2 > segment.doc_count_all()]
    kept = MERGE_SMALL(writer, [segment for segment in segments if segment not in worn])
    for segment in worn:
        if segment.deleted_count() < segment.doc_count_all():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return list(kept)


class _Writer(SegmentWriter):
    """Writes inverted batches straight to the codec. Whoosh's way turns every posting into a tuple, sorts them all and
    takes them apart again, which is most of what indexing costs it."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False)
        self.pool = _Pool()

    def add_batch(self, batch: Batch) -> None:
        """Take a batch in; its documents come first in the new segment."""
        for field in sorted({*batch.postings, "row", "card"} - set(self.schema.names())):
            self.add_field(field, _field_type(field))
        for lengths, row, card in zip(batch.lengths, batch.rows, batch.cards, strict=True):
            self.perdocwriter.start_doc(self.docnum)
            for field, length in lengths.items():
                self.perdocwriter.add_field(field, self.schema[field], None, length)
            self.perdocwriter.add_column_value("row", _ROWS, row)
            self.perdocwriter.add_column_value("card", _CARDS, card)
            self.perdocwriter.finish_doc()
            self.docnum += 1
        self.pool.held = batch.postings
        self._added = len(batch) > 0

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for field in sorted(self.pool.held):
            self.fieldwriter.start_field(field, self.schema[field])
            for term, (numbers, weights) in sorted(self.pool.held[field].items()):
                self._write_term(term, numbers, weights)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()

    def _write_term(self, term: str, numbers: Sequence[int], weights: Sequence[float]) -> None:
        try:
            encoded = term.encode()
        except UnicodeEncodeError:
            return  # half a character (a lone surrogate) cannot be stored, and nobody can type it
        self.fieldwriter.start_term(encoded)
        for number, weight in zip(numbers, weights, strict=True):
            self.fieldwriter.add(number, weight, b"", None)
        self.fieldwriter.finish_term()

    def _commit_toc(self, segments: list[Any]) -> None:
        # Without Whoosh's cleaning: the files of the state before must stay until CURRENT names the new one.
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)


class _Pool:
    """Where Whoosh puts the postings of segments it merges: behind those of the batch."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, Postings]] = {}

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        field, term, number, weight, _value = posting
        numbers, weights = self.held[field][term.decode()]
        numbers.append(number)
        weights.append(weight)

    def cleanup(self) -> None:
        self.held = {}


def _field_type(field: str) -> fields.FieldType:
    if field in ("row", "card"):
        return fields.COLUMN(_ROWS if field == "row" else _CARDS)
    kind = fields.KEYWORD(scorable=field.startswith((TITLE, TEXT)))
    kind.format = formats.Existence()
    return kind


_ROWS = columns.FixedBytesColumn(ROW.itemsize)
_CARDS = columns.CompressedBytesColumn()


class ArrayCodec(W3Codec):
    """Whoosh's codec with postings as plain arrays: read without unpickling, several times smaller and faster."""

    def postings_writer(self, dbfile: StructFile, byteids: bool = False) -> PostingsWriter:
        return _ArrayWriter(dbfile)

    def postings_reader(
        self, dbfile: StructFile, terminfo: W3TermInfo, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        start, length = terminfo.extent()
        # Whoosh hands the length back as it unpacked it, in a tuple.
        numbers, weights = unpack_postings(dbfile.get(start, length[0] if isinstance(length, tuple) else length))
        held = numbers.tolist(), weights.tolist()
        return ListMatcher(*held, format=format_, scorer=scorer, term=term, terminfo=terminfo)


class _ArrayWriter(PostingsWriter):
    def __init__(self, file: StructFile) -> None:
        self._file = file
        self._info: Any = None
        self._ids: list[int] = []
        self._weights: list[float] = []

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        self._info, self._ids, self._weights = terminfo, [], []

    def add_posting(self, id_: int, weight: float, vbytes: bytes, length: int | None = None) -> None:
        self._ids.append(id_)
        self._weights.append(weight)

    def finish_postings(self) -> Any:
        packed = pack_postings(self._ids, self._weights)
        self._info.add_block(self)
        self._info.set_extent(self._file.tell(), len(packed))
        self._file.write(packed)
        return self._info

    def written(self) -> bool:
        return False

    def __len__(self) -> int:
        return len(self._ids)

    def min_id(self) -> int:
        return self._ids[0]

    def max_id(self) -> int:
        return self._ids[-1]

    def min_length(self) -> int:
        return 0

    def max_length(self) -> int:
        return 0

    def max_weight(self) -> float:
        return max(self._weights)
