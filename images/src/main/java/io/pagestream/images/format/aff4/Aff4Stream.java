package io.pagestream.images.format.aff4;

import io.pagestream.images.container.ZipMember;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An image stream (AFF4 Standard v1.0, "Image Stream"): chunks of equal size, compressed one by
 * one, many of them in a segment (bevy) with eight digits for a name. Its index has u64 offset and
 * u32 length of each chunk, or, from before the standard, the u32 offset where each chunk begins.
 *
 * @param volume its volume
 * @param urn its URN
 * @param size length in bytes
 * @param chunkBytes length of a chunk
 * @param bevyChunks chunks in a segment
 * @param codec compression of its chunks
 */
record Aff4Stream(
    Aff4Volume volume, String urn, long size, int chunkBytes, int bevyChunks, ChunkCodec codec) {
  private static final int ENTRY = 12;
  private static final int OLD_ENTRY = 4;

  /** The standard has 32 KiB; writers use up to some MiB. */
  private static final long LARGEST_CHUNK = 16 << 20;

  private static final long MOST_CHUNKS = 1 << 20;

  /** Where a chunk is in the volume's file. */
  record Place(long offset, int size) {}

  /**
   * A stream as its properties describe it.
   *
   * @throws io.pagestream.schemas.error.PagestreamException if it cannot be read
   */
  static Aff4Stream of(Aff4Volume volume, Turtle facts, String urn) {
    if (facts.is(urn, "EncryptedStream")) {
      throw volume
          .bytes()
          .unsupported(
              "is an AFF4 volume with an encrypted stream",
              "decrypt it with the program that wrote it");
    }
    long chunk = number(facts, urn, 32768, "chunkSize", "chunk_size");
    long chunks = number(facts, urn, 2048, "chunksInSegment", "chunks_per_segment");
    long size = number(facts, urn, -1, "size");
    String method =
        facts.first(urn, "compressionMethod", "compression").orElse("aff4:NullCompressor");
    if (size < 0 || chunk < 1 || chunk > LARGEST_CHUNK || chunks < 1 || chunks > MOST_CHUNKS) {
      throw volume
          .bytes()
          .corrupt(
              0,
              "the AFF4 stream %s has %d bytes in chunks of %d, %d in a segment"
                  .formatted(urn, size, chunk, chunks));
    }
    ChunkCodec codec =
        ChunkCodec.of(method)
            .orElseThrow(() ->
                volume
                    .bytes()
                    .unsupported(
                        "has an AFF4 stream with the compression '%s', which is not supported"
                            .formatted(method),
                        "convert it to raw memory with the program that wrote it"));
    return new Aff4Stream(volume, urn, size, (int) chunk, (int) chunks, codec);
  }

  private static long number(Turtle facts, String urn, long otherwise, String... names) {
    try {
      return facts.first(urn, names).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Number of segments. */
  long bevies() {
    long bytes = (long) chunkBytes * bevyChunks;
    return size / bytes + (size % bytes == 0 ? 0 : 1);
  }

  /** Bytes of the stream in a segment. */
  long bevyBytes() {
    return (long) chunkBytes * bevyChunks;
  }

  /** The name of a segment. */
  String bevy(long number) {
    return "%s/%08d".formatted(urn, number);
  }

  /** A segment; empty if it is not in the volume. */
  Optional<ZipMember> member(long number) {
    return volume.member(bevy(number));
  }

  /** The index of a segment; empty if it is missing or damaged. */
  Optional<byte[]> index(long number) {
    int most = bevyChunks * ENTRY + ENTRY;
    return volume
        .small(bevy(number) + ".index", most)
        .or(() -> volume.small(bevy(number) + "/index", most));
  }

  /** Where a chunk is, by the index of its segment. */
  Optional<Place> place(MemorySegment index, ZipMember bevy, int chunk) {
    long data = volume.place(bevy);
    boolean old = index.byteSize() % ENTRY != 0 || isOld(index);
    long offset;
    long length;
    if (old) {
      if ((chunk + 1L) * OLD_ENTRY > index.byteSize()) {
        return Optional.empty();
      }
      offset = LittleEndian.u32(index, (long) chunk * OLD_ENTRY);
      long next =
          (chunk + 2L) * OLD_ENTRY <= index.byteSize()
              ? LittleEndian.u32(index, (chunk + 1L) * OLD_ENTRY)
              : bevy.packedBytes();
      length = next - offset;
    } else {
      if ((chunk + 1L) * ENTRY > index.byteSize()) {
        return Optional.empty();
      }
      offset = LittleEndian.i64(index, (long) chunk * ENTRY);
      length = LittleEndian.u32(index, (long) chunk * ENTRY + 8);
    }
    boolean valid =
        data >= 0
            && offset >= 0
            && length > 0
            && length <= 2L * chunkBytes + 1024
            && offset <= bevy.packedBytes() - length;
    return valid ? Optional.of(new Place(data + offset, (int) length)) : Optional.empty();
  }

  /** The second chunk begins where the first ends, at an offset that is not zero. */
  private static boolean isOld(MemorySegment entries) {
    return entries.byteSize() >= 2 * ENTRY
        && LittleEndian.u32(entries, 4) != 0
        && LittleEndian.i64(entries, ENTRY) != LittleEndian.u32(entries, 8);
  }
}
