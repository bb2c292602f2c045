package io.pagestream.cases.verdicts;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Encoded records in the order of their arrival, in a temporary file: their length in 4 bytes, then
 * their bytes. Confined to one thread.
 */
final class RunLog implements Closeable {
  private static final int WRITE_BUFFER_BYTES = 64 * 1024;

  /** Records have a few hundred bytes, and neighbors in the image are often neighbors here. */
  private static final int WINDOW_BYTES = 16 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final DataOutputStream out;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
  private long windowStart;
  private long size;

  RunLog(Path file) throws IOException {
    this.file = file;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.out =
        new DataOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), WRITE_BUFFER_BYTES));
  }

  /** Appends a record and returns its position. */
  long append(byte[] encoded) throws IOException {
    long place = size;
    out.writeInt(encoded.length);
    out.write(encoded);
    size += Integer.BYTES + encoded.length;
    return place;
  }

  /** The position of the next record. */
  long size() {
    return size;
  }

  /** Makes everything that was appended readable. */
  void flush() throws IOException {
    out.flush();
  }

  /** The record at a position, which must have been {@linkplain #flush flushed}. */
  byte[] read(long place) throws IOException {
    fill(place, Integer.BYTES);
    int length = window.getInt((int) (place - windowStart));
    if (length < 0 || length > size - place - Integer.BYTES) {
      throw new IOException("a temporary file was changed while it was in use");
    }
    fill(place, Integer.BYTES + length);
    byte[] encoded = new byte[length];
    window.get((int) (place - windowStart) + Integer.BYTES, encoded);
    return encoded;
  }

  /** Moves the window so that it contains the given number of bytes from a position. */
  private void fill(long place, int bytes) throws IOException {
    if (place >= windowStart && place + bytes <= windowStart + window.limit()) {
      return;
    }
    if (window.capacity() < bytes) {
      window = ByteBuffer.allocate(bytes);
    }
    window.clear();
    windowStart = place;
    while (window.position() < bytes) {
      if (channel.read(window, place + window.position()) < 0) {
        throw new IOException("a temporary file was cut while it was in use");
      }
    }
    window.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close(); // buffered data is no longer needed
    Files.deleteIfExists(file);
  }
}
