package io.pagestream.images.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.schemas.avro.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All bytes are hashed once; unreadable bytes are listed and count as zeros. */
class FileHashingTest {
  private static final int SECTOR = 512;

  @TempDir Path folder;

  @Test
  void aFileHasTheDigestThatEverybodyComputes() throws Exception {
    byte[] bytes = new byte[3_000_001];
    new Random(11).nextBytes(bytes);
    Path file = Files.write(folder.resolve("memory.raw"), bytes);
    FileContent content = FileHashing.hash(file, done -> {});
    assertThat(content).isEqualTo(new FileContent(bytes.length, sha256(bytes), List.of()));
  }

  @Test
  void anEmptyFileIsHashedToo() throws Exception {
    Path file = Files.write(folder.resolve("empty.raw"), new byte[0]);
    assertThat(FileHashing.hash(file, done -> {}).sha256()).isEqualTo(sha256(new byte[0]));
  }

  @Property(tries = 60)
  void badSectorsCostThemselvesAndNothingElse(
      @ForAll long seed, @ForAll @IntRange(max = 1_200_000) int size) throws Exception {
    Random random = new Random(seed);
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    BitSet bad = new BitSet();
    for (int i = random.nextInt(6); i > 0 && size > 0; i--) {
      int first = random.nextInt(size) / SECTOR;
      bad.set(first, first + 1 + random.nextInt(20));
    }
    FileContent content = read((buffer, offset) -> device(bytes, bad, buffer, offset), size);

    byte[] expected = bytes.clone();
    for (int sector = bad.nextSetBit(0); sector >= 0; sector = bad.nextSetBit(sector + 1)) {
      if (sector * SECTOR < size) {
        Arrays.fill(expected, sector * SECTOR, Math.min(size, (sector + 1) * SECTOR), (byte) 0);
      }
    }
    assertThat(content.sha256()).isEqualTo(sha256(expected));
    assertThat(sectors(content.unreadable())).isEqualTo(bad.get(0, (size + SECTOR - 1) / SECTOR));
    assertThat(content.sizeBytes()).isEqualTo(size);
  }

  @Test
  void aFileThatEndsEarlyIsHashedAsFarAsItGoes() throws Exception {
    byte[] bytes = {1, 2, 3};
    FileContent content =
        read((buffer, offset) -> device(bytes, new BitSet(), buffer, offset), 1_000_000);
    assertThat(content).isEqualTo(new FileContent(3, sha256(bytes), List.of()));
  }

  @Test
  void hashingEndsWhenItsThreadIsInterrupted() throws Exception {
    byte[] bytes = new byte[2_000_000];
    assertThatThrownBy(() ->
            FileHashing.hash(
                (buffer, offset) -> device(bytes, new BitSet(), buffer, offset),
                bytes.length,
                done -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static FileContent read(FileHashing.Reader reader, long size) throws Exception {
    return FileHashing.hash(reader, size, done -> {});
  }

  /** Reads up to the next bad sector, like a kernel; fails in one. */
  private static int device(byte[] bytes, BitSet bad, ByteBuffer buffer, long offset)
      throws IOException {
    if (offset >= bytes.length) {
      return -1;
    }
    int sector = (int) (offset / SECTOR);
    if (bad.get(sector)) {
      throw new IOException("Input/output error");
    }
    int nextBad = bad.nextSetBit(sector);
    long end = nextBad < 0 ? bytes.length : Math.min(bytes.length, (long) nextBad * SECTOR);
    int count = (int) Math.min(buffer.remaining(), end - offset);
    buffer.put(bytes, (int) offset, count);
    return count;
  }

  private static BitSet sectors(List<ByteRange> ranges) {
    BitSet sectors = new BitSet();
    for (ByteRange range : ranges) {
      assertThat(range.getOffset() % SECTOR).isZero();
      long end = range.getOffset() + range.getLength();
      sectors.set((int) (range.getOffset() / SECTOR), (int) ((end + SECTOR - 1) / SECTOR));
    }
    return sectors;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
