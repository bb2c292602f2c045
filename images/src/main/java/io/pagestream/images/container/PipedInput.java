package io.pagestream.images.container;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.temporary.ProcessFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Images from standard input ({@code -}) and named pipes. Page tables and checksums need all of an
 * image at any position, so a stream is first copied to a sparse file in the folder for temporary
 * files of this process, which is deleted when the process ends.
 */
public final class PipedInput {
  /** Stands for standard input among file names. */
  public static final String STANDARD_INPUT = "-";

  /** Unit of sparseness. */
  private static final int BLOCK = 1 << 16;

  private static final long CHECK_EVERY = 64L << 20;

  /** Kept free for other programs, in particular for the broker. */
  private static final long KEPT_FREE = 256L << 20;

  /** POSIX file types in st_mode. */
  private static final int TYPE = 0170000;

  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private PipedInput() {}

  /**
   * The same files, with copies of the streams among them. Waits until the streams end.
   *
   * @param standardInput read if one of the files is {@code -}
   * @throws PagestreamException USAGE, FILE_NOT_READABLE, DISK_FULL
   */
  public static List<Path> regular(List<Path> files, InputStream standardInput) {
    List<Path> regular = new ArrayList<>();
    boolean read = false;
    for (Path file : files) {
      if (file.toString().equals(STANDARD_INPUT)) {
        if (read) {
          throw PagestreamException.of(
              ErrorCode.USAGE, "standard input is given twice", "give '-' once");
        }
        read = true;
        regular.add(copy(standardInput, STANDARD_INPUT, "stdin"));
      } else if (isPipe(file)) {
        regular.add(copyOf(file));
      } else {
        regular.add(file);
      }
    }
    return regular;
  }

  private static boolean isPipe(Path file) {
    try {
      if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return false;
      }
      int type = (int) Files.getAttribute(file, "unix:mode") & TYPE;
      return type == FIFO || type == SOCKET;
    } catch (IOException e) {
      return false; // opening it reports the problem
    }
  }

  private static Path copyOf(Path pipe) {
    String name = String.valueOf(pipe.getFileName());
    try (InputStream input = Files.newInputStream(pipe)) {
      return copy(input, pipe.toString(), name.matches("\\d+") ? "fd-" + name : name);
    } catch (IOException e) {
      throw unreadable(pipe.toString(), e);
    }
  }

  private static Path copy(InputStream input, String source, String name) {
    Path file;
    try {
      file = ProcessFolder.newFolder("input-").resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder for temporary files cannot be used", e);
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE))) {
      copy(input, source, channel, Files.getFileStore(file));
    } catch (IOException e) {
      throw full(source, 0, String.valueOf(e.getMessage())).causedBy(e);
    }
    return file;
  }

  private static void copy(InputStream input, String source, FileChannel channel, FileStore store) {
    byte[] block = new byte[BLOCK];
    byte[] zeros = new byte[BLOCK];
    long length = 0;
    long written = 0;
    long unchecked = CHECK_EVERY;
    int count = fill(input, block, source);
    try {
      while (count > 0) {
        if (!Arrays.equals(block, 0, count, zeros, 0, count)) {
          if (unchecked >= CHECK_EVERY) {
            unchecked = 0;
            if (store.getUsableSpace() < KEPT_FREE) {
              throw full(source, length, "less than %d MiB is free".formatted(KEPT_FREE >> 20));
            }
          }
          write(channel, ByteBuffer.wrap(block, 0, count), length);
          unchecked += count;
          written = length + count;
        }
        length += count;
        count = fill(input, block, source);
      }
      if (written < length) {
        write(channel, ByteBuffer.wrap(zeros, 0, 1), length - 1);
      }
    } catch (IOException e) {
      throw full(source, length, String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static int fill(InputStream input, byte[] block, String source) {
    try {
      return input.readNBytes(block, 0, block.length);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static PagestreamException unreadable(String source, IOException why) {
    return PagestreamException.inFile(
            ErrorCode.FILE_NOT_READABLE,
            source,
            "cannot be read: " + why.getMessage(),
            "check the program that writes to it")
        .causedBy(why);
  }

  private static PagestreamException full(String source, long length, String why) {
    return PagestreamException.inFile(
        ErrorCode.DISK_FULL,
        source,
        "after %,d MiB of the stream, its copy cannot be written: %s".formatted(length >> 20, why),
        "free some space, set TMPDIR to a larger file system, or write the image to a file first");
  }
}
