package io.pagestream.cases.sort;

import io.pagestream.schemas.topic.Topics;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A temporary file of sorted, distinct entries.
 *
 * @param file path of the file
 * @param count number of entries
 */
record Chunk(Path file, long count) {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Appends sorted entries to a new file. */
  static final class Writer implements Closeable {
    private final Path file;
    private final DataOutputStream out;
    private long count;

    Writer(Path file) throws IOException {
      this.file = file;
      this.out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    }

    void write(FindingEntry entry) throws IOException {
      out.writeInt(entry.image());
      out.writeLong(entry.address());
      out.writeUTF(entry.kind());
      out.writeLong(entry.idHigh());
      out.writeLong(entry.idLow());
      out.writeInt(entry.encoded().length);
      out.write(entry.encoded());
      count++;
    }

    /** Closes the file and returns it as a chunk. */
    Chunk finish() throws IOException {
      out.close();
      return new Chunk(file, count);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Reads the entries of a file one by one. */
  static final class Reader implements Closeable {
    private final DataInputStream in;
    private long left;

    Reader(Chunk chunk) throws IOException {
      this.in =
          new DataInputStream(
              new BufferedInputStream(Files.newInputStream(chunk.file()), BUFFER_BYTES));
      this.left = chunk.count();
    }

    /** The next entry, or null at the end. */
    @Nullable FindingEntry next() throws IOException {
      if (left == 0) {
        return null;
      }
      left--;
      int image = in.readInt();
      long address = in.readLong();
      String kind = in.readUTF();
      long idHigh = in.readLong();
      long idLow = in.readLong();
      int length = in.readInt();
      if (length < 0 || length > Topics.MAX_RECORD_BYTES) {
        throw new IOException("a temporary file was changed while it was in use");
      }
      byte[] encoded = new byte[length];
      in.readFully(encoded);
      return new FindingEntry(image, address, kind, idHigh, idLow, encoded);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
