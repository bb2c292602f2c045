package io.pagestream.images.rangesource;

import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The content of a sidecar, and its errors. */
final class SideContent {
  /** A kernel log of 16 MiB is larger than any ring buffer; the lists themselves take kilobytes. */
  static final int LARGEST = 16 << 20;

  /** Maximum number of claims in one file; a machine has a few hundred. */
  static final int MOST_CLAIMS = 1 << 16;

  private final Path file;
  private final byte[] bytes;

  private SideContent(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** The file from which it was read. */
  Path file() {
    return file;
  }

  /** The whole content; must not be modified. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Reads a sidecar.
   *
   * @throws PagestreamException FILE_NOT_FOUND, FILE_NOT_READABLE; SIDE_FILE_INVALID if it is too
   *     large or empty
   */
  static SideContent of(Path file) {
    if (!Files.exists(file)) {
      throw PagestreamException.inFile(
          ErrorCode.FILE_NOT_FOUND, file.toString(), "does not exist", "check the path");
    }
    try (InputStream in = Files.newInputStream(file)) {
      SideContent content = new SideContent(file, in.readNBytes(LARGEST + 1));
      if (content.bytes.length > LARGEST) {
        throw content.invalid("it is larger than %d bytes".formatted(LARGEST));
      }
      if (content.bytes.length == 0) {
        throw content.invalid("it is empty");
      }
      return content;
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.FILE_NOT_READABLE,
              file.toString(),
              "the sidecar cannot be read: " + e.getMessage(),
              "check the path and its permissions")
          .causedBy(e);
    }
  }

  /** Lines of text from another source than a file; the name is for messages. */
  static SideContent ofLines(String name, List<String> lines) {
    return new SideContent(
        Path.of(name), String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Whether it contains no byte that cannot occur in text. */
  boolean isText() {
    if (isUtf16()) {
      return true;
    }
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private boolean isUtf16() {
    return bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe;
  }

  /**
   * The text: Windows tools write UTF-16 with a byte order mark, all others a superset of ASCII.
   */
  String text() {
    Charset charset = isUtf16() ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
    return new String(bytes, charset);
  }

  /** The lines of the text; line numbers count from 1. */
  List<String> lines() {
    if (!isText()) {
      throw invalid("it is not text");
    }
    return text().lines().toList();
  }

  /** Refuses a further claim beyond {@link #MOST_CLAIMS}. */
  void requireRoom(int claims) {
    if (claims >= MOST_CLAIMS) {
      throw invalid("it has more than %d ranges".formatted(MOST_CLAIMS));
    }
  }

  /**
   * A hexadecimal address of up to 2^52, inclusive.
   *
   * @throws PagestreamException if it is larger
   */
  long address(int line, String hex) {
    String digits = hex.toLowerCase(Locale.ROOT);
    digits = digits.startsWith("0x") ? digits.substring(2) : digits;
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    digits = digits.substring(zeros);
    // 2^52 has 14 digits.
    if (digits.length() > 14 || Long.parseLong(digits, 16) > Pages.ADDRESS_LIMIT) {
      throw invalid(line, "0x%s is beyond 2^52".formatted(digits));
    }
    return Long.parseLong(digits, 16);
  }

  /** An error in the file as a whole. */
  PagestreamException invalid(String what) {
    return PagestreamException.inFile(
        ErrorCode.SIDE_FILE_INVALID,
        file.toString(),
        what,
        "correct the sidecar; docs/range-map.md describes its format");
  }

  /** An error in a line of the file. */
  PagestreamException invalid(int line, String what) {
    return invalid("line %d: %s".formatted(line, what));
  }

  /** An error at an offset of the file. */
  PagestreamException invalidAt(long offset, String what) {
    return PagestreamException.at(
        ErrorCode.SIDE_FILE_INVALID,
        file.toString(),
        offset,
        what,
        "correct the sidecar; docs/range-map.md describes its format");
  }
}
