package io.pagestream.cases.verdicts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The position of each run's record in the log: 8 bytes per run index in a temporary file, 0 for a
 * run that has not arrived, else its position plus one. 32 MiB for 1 TiB in runs of 64 pages.
 * Confined to one thread.
 */
final class RunIndex implements Closeable {
  private static final int CHUNK_ENTRIES = 8192;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer entry = ByteBuffer.allocateDirect(Long.BYTES);

  RunIndex(Path file) throws IOException {
    this.file = file;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /**
   * Stores the position of a run's record, unless there is one already; returns whether it is new.
   */
  boolean putIfAbsent(long run, long place) throws IOException {
    long at = run * Long.BYTES;
    entry.clear();
    int read = channel.read(entry, at);
    if (read == Long.BYTES && entry.getLong(0) != 0) {
      return false;
    }
    entry.clear();
    entry.putLong(0, place + 1);
    while (entry.hasRemaining()) {
      channel.write(entry, at + entry.position());
    }
    return true;
  }

  /** The position of a run's record, or -1 if it has not arrived. */
  long placeOf(long run) throws IOException {
    entry.clear();
    return channel.read(entry, run * Long.BYTES) == Long.BYTES ? entry.getLong(0) - 1 : -1;
  }

  /** Receives the position of a record. */
  @FunctionalInterface
  interface PlaceVisitor {
    void visit(long place) throws IOException;
  }

  /** Delivers the positions of all records by run index. */
  void forEach(PlaceVisitor visitor) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_ENTRIES * Long.BYTES);
    long size = channel.size();
    for (long at = 0; at < size; at += chunk.limit()) {
      chunk.clear();
      chunk.limit((int) Math.min(chunk.capacity(), size - at));
      while (chunk.hasRemaining()) {
        if (channel.read(chunk, at + chunk.position()) < 0) {
          throw new IOException("a temporary file was cut while it was in use");
        }
      }
      for (int i = 0; i < chunk.limit(); i += Long.BYTES) {
        long place = chunk.getLong(i);
        if (place != 0) {
          visitor.visit(place - 1);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
