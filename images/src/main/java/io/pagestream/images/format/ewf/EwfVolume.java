package io.pagestream.images.format.ewf;

import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The section that describes the medium ({@code volume}, {@code disk}, or the copy {@code data} in
 * later files): 4 u32 chunks, 8 u32 sectors a chunk, 12 u32 bytes a sector, 16 u64 sectors (u32 in
 * the 94 bytes of SMART), 64 16 bytes identifier of the set, 1048 u32 Adler-32.
 *
 * @param chunks number of chunks
 * @param chunkBytes their length
 * @param mediaBytes length of the medium
 * @param key equal for all files of a set
 */
record EwfVolume(long chunks, int chunkBytes, long mediaBytes, String key) {
  private static final int LONG = 1052;
  private static final int SHORT = 94;

  /** EnCase writes 32 KiB, X-Ways and libewf up to a few MiB. */
  private static final long LARGEST_CHUNK = 16 << 20;

  /** Reads a section; empty if it is damaged. */
  static Optional<EwfVolume> read(ImageBytes bytes, EwfSection section) {
    int size = section.dataBytes() >= LONG ? LONG : SHORT;
    MemorySegment data = MemorySegment.ofArray(new byte[size]);
    if (section.dataBytes() < SHORT
        || bytes.read(section.data(), data) != size
        || EwfSection.adler(data.asSlice(0, size - 4)) != LittleEndian.u32(data, size - 4)) {
      return Optional.empty();
    }
    long chunks = LittleEndian.u32(data, 4);
    long sectorsPerChunk = LittleEndian.u32(data, 8);
    long sectorBytes = LittleEndian.u32(data, 12);
    long sectors = size == LONG ? LittleEndian.i64(data, 16) : LittleEndian.u32(data, 16);
    long chunkBytes = sectorsPerChunk * sectorBytes;
    boolean valid =
        sectorsPerChunk > 0
            && sectorBytes > 0
            && sectorBytes <= LARGEST_CHUNK
            && chunkBytes <= LARGEST_CHUNK
            && chunks > 0
            && sectors > 0
            && sectors <= chunks * sectorsPerChunk;
    if (!valid) {
      return Optional.empty();
    }
    byte[] identifier = new byte[16];
    if (size == LONG) {
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 64, identifier, 0, identifier.length);
    }
    String key = "%s %d %d".formatted(HexFormat.of().formatHex(identifier), chunks, sectors);
    return Optional.of(new EwfVolume(chunks, (int) chunkBytes, sectors * sectorBytes, key));
  }

  /** Whether a section may describe the medium. */
  static boolean mayBe(EwfSection section) {
    return section.is("volume") || section.is("disk") || section.is("data");
  }

  /** The key as an identifier of the set. */
  ByteBuffer set() {
    return ByteBuffer.wrap(("ewf " + key).getBytes(StandardCharsets.US_ASCII));
  }
}
