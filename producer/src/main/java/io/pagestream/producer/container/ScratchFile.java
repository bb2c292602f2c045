package io.pagestream.producer.container;

import io.pagestream.producer.source.FileBytes;
import io.pagestream.producer.source.ImageBytes;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.error.SystemFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * A file for decompressed bytes that only this process sees. Blocks of zeros are not written: freed
 * memory is mostly zero, and the file is sparse. On POSIX systems the file has no name from the
 * start (DELETE_ON_CLOSE unlinks it at once there), so that no crash leaves memory contents behind.
 */
final class ScratchFile implements Closeable {
  /** Left free for everybody else, the broker first of all. */
  private static final long KEPT_FREE = 256L << 20;

  /** Bytes written between two looks at the free space. */
  private static final long CHECK_EVERY = 64L << 20;

  /** Unit of sparseness. */
  private static final int BLOCK = 1 << 16;

  private static final byte[] ZEROS = new byte[BLOCK];

  private final Path path;
  private final FileChannel channel;
  private final FileStore store;
  private final LongConsumer stored;
  private long length;
  private long writtenEnd;
  private long uncheckedBytes = CHECK_EVERY;

  private ScratchFile(Path path, FileChannel channel, FileStore store, LongConsumer stored) {
    this.path = path;
    this.channel = channel;
    this.store = store;
    this.stored = stored;
  }

  /**
   * Creates a scratch file.
   *
   * @param directory created if it is not there
   * @param stored receives the number of bytes of each write that takes space on the disk
   */
  static ScratchFile create(Path directory, LongConsumer stored) {
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
      return new ScratchFile(path, channel, Files.getFileStore(directory), stored);
    } catch (IOException e) {
      throw directory.toString().equals(SystemFailure.temporaryFolder())
          ? SystemFailure.temporaryFolder("no scratch file can be made in it", e)
          : SystemFailure.writing(path.toString(), "no scratch file can be written", e);
    }
  }

  /** Bytes appended. */
  long length() {
    return length;
  }

  /** Appends the first {@code count} bytes. */
  void append(byte[] bytes, int count) {
    for (int at = 0; at < count; ) {
      int size = (int) Math.min(count - at, BLOCK - (length & (BLOCK - 1)));
      if (!Arrays.equals(bytes, at, at + size, ZEROS, 0, size)) {
        write(ByteBuffer.wrap(bytes, at, size));
      }
      length += size;
      at += size;
    }
  }

  private void write(ByteBuffer bytes) {
    try {
      uncheckedBytes += bytes.remaining();
      stored.accept(bytes.remaining());
      if (uncheckedBytes >= CHECK_EVERY) {
        uncheckedBytes = 0;
        if (store.getUsableSpace() < KEPT_FREE) {
          throw full("less than %d MiB are free".formatted(KEPT_FREE >> 20));
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
        "free some space, or choose another scratch directory");
  }

  /** The bytes, to be read; this file then belongs to them. */
  ImageBytes finish(String name) {
    if (writtenEnd < length) {
      try {
        channel.write(ByteBuffer.wrap(ZEROS, 0, 1), length - 1);
      } catch (IOException e) {
        throw full(String.valueOf(e.getMessage())).causedBy(e);
      }
    }
    return new FileBytes(name, channel, length);
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
