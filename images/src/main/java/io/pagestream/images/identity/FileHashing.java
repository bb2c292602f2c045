package io.pagestream.images.identity;

import io.pagestream.images.source.FileHoles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Hashes one file from its first to its last byte. Zeros in holes of a sparse file are hashed
 * without reading them (docs/decisions/0045-holes-are-not-read.md).
 */
public final class FileHashing {
  /** Small enough for the second-level cache, from which the data is hashed. */
  private static final int CHUNK_BYTES = 1 << 18;

  /** Zeros of a hole that are hashed at a time: about ten milliseconds. */
  private static final long ZEROS_BETWEEN_REPORTS = 16L << 20;

  /** If a chunk cannot be read, its pages are tried one by one: the unit of the page cache. */
  private static final int BLOCK_BYTES = 4096;

  /** If a page cannot be read, its sectors are tried. */
  private static final int SECTOR_BYTES = 512;

  private FileHashing() {}

  /** Reads bytes at an offset, as {@link FileChannel#read(ByteBuffer, long)} does. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads at most as many bytes as fit into the buffer.
     *
     * @return bytes read, 0 or less at the end
     * @throws IOException if the device cannot read the byte at {@code offset}
     */
    int read(ByteBuffer destination, long offset) throws IOException;
  }

  /** Receives the progress of hashing. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Reports the number of hashed bytes; called for each chunk.
     *
     * @throws InterruptedException to end it
     */
    void hashed(long bytes) throws InterruptedException;
  }

  /**
   * Hashes a file. Bytes that the device cannot read are listed and hashed as zeros.
   *
   * @param progress receives the number of bytes hashed, periodically
   * @throws IOException if the file cannot be opened
   * @throws InterruptedException if the thread was interrupted
   */
  public static FileContent hash(Path file, Progress progress)
      throws IOException, InterruptedException {
    Object key = FileHoles.keyOf(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ContentDigest digest = new ContentDigest();
      Optional<FileHoles> found = FileHoles.open(file, key, channel.size());
      if (found.isEmpty()) {
        rest(digest, channel::read, channel.size(), progress);
      } else {
        try (FileHoles holes = found.get()) {
          rest(digest, channel::read, holes::zerosFrom, channel.size(), progress);
        }
      }
      return digest.finish();
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw (InterruptedException)
          new InterruptedException("interrupted while hashing " + file).initCause(e);
    }
  }

  /** Hashes {@code size} bytes, fewer if they end earlier. */
  static FileContent hash(Reader reader, long size, Progress progress)
      throws IOException, InterruptedException {
    ContentDigest digest = new ContentDigest();
    rest(digest, reader, size, progress);
    return digest.finish();
  }

  /**
   * Hashes the bytes that are not part of a digest yet.
   *
   * @param size bytes of the file; hashing ends there, or at the end of the bytes
   * @throws InterruptedException if the thread was interrupted
   */
  public static void rest(ContentDigest digest, Reader reader, long size, Progress progress)
      throws IOException, InterruptedException {
    rest(digest, reader, offset -> 0, size, progress);
  }

  private static void rest(
      ContentDigest digest,
      Reader reader,
      LongUnaryOperator zerosFrom,
      long size,
      Progress progress)
      throws IOException, InterruptedException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    while (digest.count() < size) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while hashing");
      }
      long zeros = Math.min(zerosFrom.applyAsLong(digest.count()), size - digest.count());
      if (zeros > 0) {
        digest.addZeros(Math.min(zeros, ZEROS_BETWEEN_REPORTS));
        progress.hashed(digest.count());
        continue;
      }
      long end = Math.min(size, digest.count() + CHUNK_BYTES);
      while (digest.count() < end) {
        chunk.clear().limit((int) (end - digest.count()));
        int read = tryRead(reader, chunk, digest.count());
        if (read == 0) {
          return; // the file shrank; its stamp shows this
        }
        if (read > 0) {
          digest.add(chunk.flip());
        } else {
          salvage(reader, chunk, end, digest);
        }
      }
      progress.hashed(digest.count());
    }
  }

  /** Bytes read; 0 at the file's end; -1 if the device failed. */
  private static int tryRead(Reader reader, ByteBuffer chunk, long offset) throws IOException {
    try {
      int read = reader.read(chunk, offset);
      return Math.max(0, read);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Continues reading to {@code end} page by page, and after failures sector by sector. */
  private static void salvage(Reader reader, ByteBuffer chunk, long end, ContentDigest digest)
      throws IOException {
    while (digest.count() < end) {
      long blockEnd = Math.min(end, digest.count() / BLOCK_BYTES * BLOCK_BYTES + BLOCK_BYTES);
      if (salvageOne(reader, chunk, blockEnd, digest)) {
        continue;
      }
      while (digest.count() < blockEnd) {
        long sectorEnd =
            Math.min(blockEnd, digest.count() / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES);
        if (!salvageOne(reader, chunk, sectorEnd, digest)) {
          digest.addUnreadable(sectorEnd - digest.count());
        }
      }
    }
  }

  /** Reads once, at most to {@code end}; false if nothing could be read. */
  private static boolean salvageOne(Reader reader, ByteBuffer chunk, long end, ContentDigest digest)
      throws IOException {
    chunk.clear().limit((int) (end - digest.count()));
    if (tryRead(reader, chunk, digest.count()) <= 0) {
      return false;
    }
    digest.add(chunk.flip());
    return true;
  }
}
