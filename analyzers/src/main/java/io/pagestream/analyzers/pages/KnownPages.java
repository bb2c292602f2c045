package io.pagestream.analyzers.pages;

import io.pagestream.schemas.digest.Sha256;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A set of hashes of known pages, for example those of the files of an operating system.
 *
 * <p>The file has a hash on each line, in hexadecimal: MD5, SHA-1 or SHA-256 of 4096 bytes, the
 * same algorithm throughout. Text after the hash, separated by white space or a comma, is ignored,
 * as are empty lines and lines that begin with {@code #}. So the output of {@code sha256sum} is a
 * valid file.
 *
 * <p>The first 16 bytes of each hash are kept, in a table with linear probing: 24 to 48 bytes for
 * each hash.
 */
final class KnownPages {
  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int MOST = 1 << 27;

  private final PageDigest digest;
  private long[] table = new long[2 * FIRST_CAPACITY];
  private int size;
  private boolean hasZero;
  private String sha256 = "";

  private KnownPages(PageDigest digest) {
    this.digest = digest;
  }

  /**
   * Reads a file.
   *
   * @throws PagestreamException {@link ErrorCode#USAGE} if it cannot be read, or contains a line
   *     that is not a hash of the same kind as the first, or no hash at all
   */
  static KnownPages read(Path file) {
    KnownPages pages = null;
    long lineNumber = 0;
    MessageDigest content = Sha256.algorithm();
    try (BufferedReader reader = reader(file, content)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lineNumber++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int digits = hexDigits(line);
        PageDigest digest = digestOf(digits).orElseThrow(wrong(file, lineNumber, "is not a hash"));
        if (pages == null) {
          pages = new KnownPages(digest);
        } else if (pages.digest != digest) {
          throw wrong(file, lineNumber, "has a hash of another length than the first").get();
        }
        pages.add(HexFormat.of().parseHex(line, 0, digits));
      }
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.USAGE, file.toString(), "the hashes cannot be read", "check the path")
          .causedBy(e);
    }
    if (pages == null) {
      throw PagestreamException.inFile(
          ErrorCode.USAGE, file.toString(), "contains no hash", "see 'pagestream analyzers'");
    }
    pages.sha256 = HexFormat.of().formatHex(content.digest());
    return pages;
  }

  private static BufferedReader reader(Path file, MessageDigest content) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new DigestInputStream(Files.newInputStream(file), content),
            StandardCharsets.ISO_8859_1));
  }

  /**
   * Compares the file with the one with which a job was started.
   *
   * @param expected SHA-256 hash of that file; empty for any
   * @throws PagestreamException {@link ErrorCode#USAGE} if it has another one
   */
  void requireHash(Path file, String expected) {
    if (!expected.isEmpty() && !expected.equals(sha256)) {
      throw PagestreamException.inFile(
          ErrorCode.USAGE,
          file.toString(),
          "the hashes of known pages have the hash %s, not %s".formatted(sha256, expected),
          "restore the file with which the job was started");
    }
  }

  /** SHA-256 hash of the file. */
  String sha256() {
    return sha256;
  }

  private static Supplier<PagestreamException> wrong(Path file, long line, String what) {
    return () ->
        PagestreamException.inFile(
            ErrorCode.USAGE,
            file.toString(),
            "line %d %s".formatted(line, what),
            "the file needs an MD5, SHA-1 or SHA-256 hash in hexadecimal on each line");
  }

  private static int hexDigits(String line) {
    int digits = 0;
    while (digits < line.length() && HexFormat.isHexDigit(line.charAt(digits))) {
      digits++;
    }
    boolean ends =
        digits == line.length()
            || line.charAt(digits) == ','
            || Character.isWhitespace(line.charAt(digits));
    return ends ? digits : 0;
  }

  private static Optional<PageDigest> digestOf(int digits) {
    for (PageDigest digest : PageDigest.values()) {
      if (digits == 2 * digest.bytes()) {
        return Optional.of(digest);
      }
    }
    return Optional.empty();
  }

  /** The algorithm of the hashes. */
  PageDigest digest() {
    return digest;
  }

  /** Number of different hashes. */
  int size() {
    return size + (hasZero ? 1 : 0);
  }

  private void add(byte[] hash) {
    long high = word(hash, 0);
    long low = word(hash, 8);
    if (high == 0 && low == 0) {
      hasZero = true;
      return;
    }
    if (size >= MOST) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "more than %,d hashes of known pages".formatted(MOST),
          "use a smaller set of hashes");
    }
    if (4L * size > table.length) { // half of the slots: a slot is two words
      grow();
    }
    int slot = slotOf(table, high, low);
    if (table[slot] == 0 && table[slot + 1] == 0) {
      table[slot] = high;
      table[slot + 1] = low;
      size++;
    }
  }

  private void grow() {
    long[] larger = new long[2 * table.length];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0 || table[i + 1] != 0) {
        int slot = slotOf(larger, table[i], table[i + 1]);
        larger[slot] = table[i];
        larger[slot + 1] = table[i + 1];
      }
    }
    table = larger;
  }

  /** Index of the slot with a hash, or of the free slot where it belongs. */
  private static int slotOf(long[] table, long high, long low) {
    int mask = table.length - 1;
    int slot = ((int) (high ^ (low >>> 7)) << 1) & mask;
    while ((table[slot] != 0 || table[slot + 1] != 0)
        && (table[slot] != high || table[slot + 1] != low)) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  private static long word(byte[] hash, int from) {
    long word = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      word = (word << 8) | (hash[from + i] & 0xFF);
    }
    return word;
  }

  /** Whether a hash is in the set. */
  boolean contains(byte[] hash) {
    long high = word(hash, 0);
    long low = word(hash, 8);
    if (high == 0 && low == 0) {
      return hasZero;
    }
    return table[slotOf(table, high, low)] != 0 || table[slotOf(table, high, low) + 1] != 0;
  }
}
