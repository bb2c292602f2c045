package io.pagestream.images.container;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates the data of one gzip member or zlib stream after the other into a sink. */
final class DeflatedData implements AutoCloseable {
  private final CompressedInput input;
  private final PlainSink sink;
  private final Inflater inflater = new Inflater(true);
  private final Checksum checksum;
  private final byte[] compressed = new byte[1 << 16];
  private final ByteBuffer plain = ByteBuffer.allocateDirect(1 << 17);

  /**
   * Data of a file.
   *
   * @param checksum the container's checksum of the inflated data
   */
  DeflatedData(CompressedInput input, PlainSink sink, Checksum checksum) {
    this.checksum = checksum;
    this.input = input;
    this.sink = sink;
  }

  /**
   * Inflates a member or stream, from the end of its header to the start of its trailer.
   *
   * @throws DataFormatException for invalid deflate data; all data before it has been written to
   *     the sink
   * @throws EOFException at the end of the file
   * @throws BadSector if the disk cannot read the data
   */
  void inflate() throws IOException, DataFormatException {
    inflater.reset();
    checksum.reset();
    while (!sink.isFull()) {
      plain.clear();
      try {
        if (inflater.inflate(plain) == 0) {
          if (inflater.finished()) {
            input.seek(input.position() - inflater.getRemaining());
            return;
          }
          if (inflater.needsDictionary()) {
            throw new DataFormatException("deflate with a dictionary");
          }
          fill();
        }
      } finally {
        flush();
      }
    }
  }

  private void fill() throws IOException {
    int count = input.read(compressed, 0, compressed.length);
    if (count < 0) {
      throw new EOFException("the file ends");
    }
    inflater.setInput(compressed, 0, count);
  }

  private void flush() {
    plain.flip();
    if (plain.hasRemaining()) {
      checksum.update(plain.duplicate());
      sink.append(plain);
    }
  }

  /** Checksum of what has been inflated of the member or stream. */
  long checksum() {
    return checksum.getValue();
  }

  /** Bytes inflated of the member or stream. */
  long length() {
    return inflater.getBytesWritten();
  }

  @Override
  public void close() {
    inflater.end();
  }
}
