package io.pagestream.batch;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of paths, one a line, as {@code find} writes it; separated by NUL bytes if there are any
 * ({@code find -print0}). Empty lines are ignored.
 */
public final class FileList {
  /** A path on Linux has at most 4096 bytes (PATH_MAX). */
  private static final int MOST_PATH_BYTES = 1 << 16;

  private static final int MOST_PATHS = 1_000_000;

  private FileList() {}

  /**
   * Reads a list to its end.
   *
   * @param name its name, for errors
   * @throws PagestreamException {@link ErrorCode#USAGE} if it is not a list of paths
   */
  public static List<Path> read(InputStream in, String name) throws IOException {
    byte[] all = in.readAllBytes();
    boolean nul = contains(all, (byte) 0);
    List<Path> paths = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int i = 0; i <= all.length; i++) {
      boolean end = i == all.length || all[i] == (nul ? 0 : '\n');
      if (!end) {
        line.write(all[i]);
      } else {
        add(line.toByteArray(), nul, paths, name);
        line.reset();
      }
      if (line.size() > MOST_PATH_BYTES || paths.size() > MOST_PATHS) {
        throw PagestreamException.inFile(
            ErrorCode.USAGE, name, "is not a list of paths", "give one path a line");
      }
    }
    return paths;
  }

  private static boolean contains(byte[] bytes, byte wanted) {
    for (byte one : bytes) {
      if (one == wanted) {
        return true;
      }
    }
    return false;
  }

  private static void add(byte[] line, boolean nul, List<Path> paths, String name) {
    int length = line.length;
    if (!nul && length > 0 && line[length - 1] == '\r') {
      length--;
    }
    if (length > 0) {
      paths.add(path(java.util.Arrays.copyOf(line, length), name));
    }
  }

  private static Path path(byte[] bytes, String list) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return Path.of(text);
    } catch (CharacterCodingException e) {
      return ofBytes(bytes);
    } catch (InvalidPathException e) {
      throw PagestreamException.inFile(
              ErrorCode.NAME_NOT_REPRESENTABLE,
              list,
              "a file name in it cannot be used with the character encoding "
                  + System.getProperty("sun.jnu.encoding"),
              "set LC_ALL=C.UTF-8, or use the launcher ./pagestream, which sets it")
          .causedBy(e);
    }
  }

  /** A file URI is the only public way to convert bytes to a path: each byte is percent-encoded. */
  private static Path ofBytes(byte[] bytes) {
    Path here = Path.of("").toAbsolutePath();
    StringBuilder uri = new StringBuilder(bytes[0] == '/' ? "file://" : here.toUri().toString());
    if (bytes[0] != '/' && uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte b : bytes) {
      uri.append(b == '/' ? "/" : "%%%02X".formatted(b & 0xff));
    }
    return Path.of(URI.create(uri.toString()));
  }
}
