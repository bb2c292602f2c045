package io.pagestream.analyzers.extent;

/** The ends of SQLite databases, write-ahead logs and rollback journals. */
final class SqliteExtents {
  private static final int WAL_HEADER = 32;
  private static final int WAL_FRAME = 24;
  private static final long TO_END_OF_FILE = 0xffff_ffffL;

  private SqliteExtents() {}

  static FileExtent of(ContiguousBytes bytes, long declared) {
    return switch (bytes.u8(0)) {
      case 0x37 -> wal(bytes);
      case 0xd9 -> journal(bytes);
      default -> FileExtents.declared(bytes, declared);
    };
  }

  /** Frames with the salts of the header; frames of earlier checkpoints can follow. */
  private static FileExtent wal(ContiguousBytes bytes) {
    long frame = WAL_FRAME + bytes.be32(8);
    long salts = bytes.number(16, 8, true);
    long at = WAL_HEADER;
    while (bytes.has(at, frame) && bytes.number(at + 8, 8, true) == salts) {
      at += frame;
    }
    return FileExtent.cut(at);
  }

  /** A sector, then records of page number, page and checksum, as many as the header declares. */
  private static FileExtent journal(ContiguousBytes bytes) {
    long records = bytes.be32(8);
    long end = bytes.be32(20) + records * (8 + bytes.be32(24));
    return records == TO_END_OF_FILE ? FileExtent.cut(1) : FileExtents.declared(bytes, end);
  }
}
