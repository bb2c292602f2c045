package io.pagestream.analyzers.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PDF (ISO 32000-1, sections 7.5.1 to 7.5.3): "%PDF-", version 1.0 to 1.7 or 2.0, end of line, then
 * comments (usually one of four bytes above 127) and the first object: number, generation, "obj".
 */
final class PdfFormat {
  private static final int AFTER_VERSION = 8;

  static final FileFormat FORMAT =
      new FileFormat("pdf", "%PDF-", AFTER_VERSION + 1, PdfFormat::describe);

  private static final byte[] OBJECT = "obj".getBytes(StandardCharsets.US_ASCII);

  /** Maximum distance of the first object. */
  private static final int MAX_LENGTH = 1024;

  private static final int MAX_DIGITS = 10;

  private PdfFormat() {}

  private static @Nullable FileDescription describe(HeaderBytes header) {
    if (!isVersion(header)) {
      return null;
    }
    int next = header.u8(AFTER_VERSION);
    if (next != '\r' && next != '\n' && next != ' ') {
      return null;
    }
    int at = afterSpaceAndComments(header, AFTER_VERSION);
    int number = afterDigits(header, at);
    int generation = afterDigits(header, afterSpaces(header, number));
    int keyword = afterSpaces(header, generation);
    boolean isObject =
        number > at
            && afterSpaces(header, number) > number
            && generation > afterSpaces(header, number)
            && keyword > generation
            && header.startsWith(keyword, OBJECT);
    if (!isObject) {
      return null;
    }
    String version = header.ascii(5, 3);
    return new FileDescription("PDF " + version, keyword + 3, Map.of("version", version));
  }

  private static boolean isVersion(HeaderBytes header) {
    int major = header.u8(5);
    int minor = header.u8(7);
    return header.u8(6) == '.'
        && ((major == '1' && minor >= '0' && minor <= '7') || (major == '2' && minor == '0'));
  }

  private static int afterSpaceAndComments(HeaderBytes header, int from) {
    int at = from;
    while (at < MAX_LENGTH && header.has(at, 1)) {
      if (header.u8(at) == '%') {
        at = afterLine(header, at);
      } else if (isSpace(header.u8(at))) {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  private static int afterLine(HeaderBytes header, int from) {
    int at = from;
    while (at < MAX_LENGTH && header.has(at, 1) && header.u8(at) != '\n' && header.u8(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int afterDigits(HeaderBytes header, int from) {
    int at = from;
    while (at < from + MAX_DIGITS
        && header.has(at, 1)
        && header.u8(at) >= '0'
        && header.u8(at) <= '9') {
      at++;
    }
    return at;
  }

  private static int afterSpaces(HeaderBytes header, int from) {
    int at = from;
    while (at < from + MAX_DIGITS && header.has(at, 1) && isSpace(header.u8(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(int letter) {
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
  }
}
