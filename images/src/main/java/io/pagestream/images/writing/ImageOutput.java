package io.pagestream.images.writing;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file that is written at any offset. Bytes that are never written are holes: zeros. */
public final class ImageOutput implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private long end;

  private ImageOutput(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Creates a file.
   *
   * @throws IOException if it exists, or cannot be created
   */
  public static ImageOutput create(Path file) throws IOException {
    return new ImageOutput(
        file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Offset after the last byte written so far. */
  public long end() {
    return end;
  }

  /** Writes bytes at an offset. */
  public void write(long offset, ByteBuffer bytes) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    end = Math.max(end, at);
  }

  /** Writes bytes at an offset. */
  public void write(long offset, MemorySegment bytes) throws IOException {
    write(offset, bytes.asByteBuffer());
  }

  /** Writes bytes at the end. */
  public void append(ByteBuffer bytes) throws IOException {
    write(end, bytes);
  }

  /** Writes bytes at the end. */
  public void append(MemorySegment bytes) throws IOException {
    write(end, bytes);
  }

  /** Extends the file with zeros up to a length. */
  public void extend(long length) throws IOException {
    if (length > end) {
      write(length - 1, ByteBuffer.wrap(new byte[1]));
    }
  }

  /** Waits until the bytes are on the disk. */
  public void force() throws IOException {
    channel.force(true);
  }

  /** A buffer for a header, zeroed, least significant byte first. */
  public static ByteBuffer header(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
