package io.pagestream.images.container;

import io.pagestream.images.interval.Intervals;
import io.pagestream.images.source.DoubtfulBytes;
import io.pagestream.images.source.FileBytes;
import io.pagestream.images.source.ImageBytes;
import io.pagestream.images.source.ReadLimits;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * A file for decompressed bytes that only this process can access. Blocks of zeros are not written:
 * freed memory is mostly zero, and the file is sparse. On POSIX systems the file has no name from
 * the start (DELETE_ON_CLOSE unlinks it immediately there), so that no crash leaves memory contents
 * behind.
 */
final class ScratchFile implements PlainSink, Closeable {
  /** Kept free for other programs, in particular for the broker. */
  private static final long KEPT_FREE = 256L << 20;

  /** Bytes written between two checks of the free space. */
  private static final long CHECK_EVERY = 64L << 20;

  /** Unit of sparseness. */
  private static final int BLOCK = 1 << 16;

  private static final byte[] ZEROS = new byte[BLOCK];
  private static final MemorySegment ZERO_BLOCK = MemorySegment.ofArray(ZEROS);

  /** Maximum number of separate gaps and doubts; a file with more is damaged throughout. */
  private static final int MOST_REMARKS = 1024;

  private final Path path;
  private final FileChannel channel;
  private final FileStore store;
  private final LongConsumer stored;
  private final ReadLimits limits;
  private final String name;
  private final long compressedBytes;
  private final Intervals.Builder gaps = new Intervals.Builder(MOST_REMARKS);
  private final List<DoubtfulBytes> doubts = new ArrayList<>();
  private long length;
  private long writtenEnd;
  private long uncheckedBytes = CHECK_EVERY;

  private ScratchFile(
      Path path,
      FileChannel channel,
      FileStore store,
      ImageBytes compressed,
      ReadLimits limits,
      LongConsumer stored) {
    this.path = path;
    this.limits = limits;
    this.name = compressed.name();
    this.compressedBytes = compressed.length();
    this.channel = channel;
    this.store = store;
    this.stored = stored;
  }

  /**
   * Creates a scratch file.
   *
   * @param directory created if it does not exist
   * @param compressed the file whose content it will contain
   * @param limits limits for its size
   * @param stored receives the number of bytes of each write that takes space on the disk
   */
  static ScratchFile create(
      Path directory, ImageBytes compressed, ReadLimits limits, LongConsumer stored) {
    Path path = directory.resolve("pagestream-" + UUID.randomUUID() + ".scratch");
    try {
      Files.createDirectories(directory);
      boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
      FileAttribute<?>[] onlyOwner =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      FileChannel channel =
          FileChannel.open(
              path,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.SPARSE,
                  StandardOpenOption.DELETE_ON_CLOSE),
              onlyOwner);
      return new ScratchFile(
          path, channel, Files.getFileStore(directory), compressed, limits, stored);
    } catch (IOException e) {
      throw directory.toString().equals(SystemFailure.temporaryFolder())
          ? SystemFailure.temporaryFolder("no scratch file can be created in it", e)
          : SystemFailure.writing(path.toString(), "the scratch file cannot be written", e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public void append(ByteBuffer bytes) {
    MemorySegment segment = MemorySegment.ofBuffer(bytes);
    long count = segment.byteSize();
    requirePlausible(count);
    for (long at = 0; at < count; ) {
      long size = Math.min(count - at, BLOCK - (length & (BLOCK - 1)));
      if (MemorySegment.mismatch(segment, at, at + size, ZERO_BLOCK, 0, size) >= 0) {
        write(bytes.slice(bytes.position() + (int) at, (int) size));
      }
      length += size;
      at += size;
    }
  }

  @Override
  public void lose(long count) {
    if (count > 0) {
      requirePlausible(count);
      gaps.add(length, length + count);
      length += count;
    }
  }

  @Override
  public void cut(long to) {
    if (to >= length) {
      return;
    }
    try {
      channel.truncate(to);
    } catch (IOException e) {
      throw full(String.valueOf(e.getMessage())).causedBy(e);
    }
    writtenEnd = Math.min(writtenEnd, to);
    gaps.cut(to);
    length = to;
  }

  @Override
  public void doubt(DoubtfulBytes doubt) {
    if (doubts.size() < MOST_REMARKS) {
      // A range that is doubtful up to the end does not have to be marked again.
      boolean covered =
          doubts.stream()
              .anyMatch(known ->
                  known.length() == DoubtfulBytes.TO_END && known.offset() <= doubt.offset());
      doubts.add(
          covered ? new DoubtfulBytes(doubt.reason(), doubt.offset(), 0, doubt.message()) : doubt);
    }
  }

  /** Problems so far. */
  List<DoubtfulBytes> doubts() {
    return List.copyOf(doubts);
  }

  private void requirePlausible(long more) {
    limits.check(name, 0, compressedBytes, length + more, "the compressed file");
  }

  private void write(ByteBuffer bytes) {
    try {
      uncheckedBytes += bytes.remaining();
      stored.accept(bytes.remaining());
      if (uncheckedBytes >= CHECK_EVERY) {
        uncheckedBytes = 0;
        if (store.getUsableSpace() < KEPT_FREE) {
          throw full("less than %d MiB is free".formatted(KEPT_FREE >> 20));
        }
      }
      long at = length;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      writtenEnd = at;
    } catch (IOException e) {
      throw full(String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private PagestreamException full(String why) {
    return PagestreamException.inFile(
        ErrorCode.DISK_FULL,
        path.toString(),
        "after %d MiB of the decompressed image: %s".formatted(length >> 20, why),
        "free some space, or decompress the image first");
  }

  /** The bytes, to be read; this file then belongs to them. */
  ImageBytes finish() {
    if (writtenEnd < length) {
      try {
        channel.write(ByteBuffer.wrap(ZEROS, 0, 1), length - 1);
      } catch (IOException e) {
        throw full(String.valueOf(e.getMessage())).causedBy(e);
      }
    }
    return new PlainBytes(
        new FileBytes(name, channel, length), gaps.list(), doubts, compressedBytes);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
