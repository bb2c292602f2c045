package io.pagestream.analyzers.decoders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides by the first bytes whether decoded content is meant to be content: identifiers, paths and
 * digests consist of base64 characters too, but decode to noise.
 */
final class ContentTest {
  /** Fewer bytes prove nothing: about 0.4 of all bytes are characters of text. */
  static final int MIN_TEXT_BYTES = 15;

  private static final int MIN_DIFFERENT = 6;

  /** Bytes that are enough for every test. */
  static final int HEAD_BYTES = 36;

  /** First bytes of formats that contain artifacts, each as one character. */
  private static final List<byte[]> SIGNATURES =
      signatures(
          "\u001f\u008b\b", // gzip
          "PK\3\4", // zip
          "BZh", // bzip2
          "\u00fd7zXZ", // xz
          "(\u00b5/\u00fd", // zstd
          "\4\"M\u0018", // LZ4
          "\u00ff\u0006\0\0sNaPpY", // Snappy
          "MAM\4", // prefetch
          "\u007fELF", // ELF
          "MZ\u0090\0", // PE
          "%PDF-", // PDF
          "\u0089PNG", // PNG
          "\u00ff\u00d8\u00ff", // JPEG
          "GIF8", // GIF
          "RIFF", // WebP
          "SQLite format 3", // SQLite
          "\u00d0\u00cf\u0011\u00e0", // OLE
          "bplist00", // property list
          "openssh-key-v1"); // OpenSSH

  private ContentTest() {}

  private static List<byte[]> signatures(String... texts) {
    List<byte[]> all = new ArrayList<>();
    for (String text : texts) {
      all.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return all;
  }

  /** Whether the bytes are UTF-8 text, possibly cut, or ASCII text as UTF-16LE. */
  static boolean isText(byte[] bytes, int length) {
    return length >= MIN_TEXT_BYTES
        && (isUtf8(bytes, length) || isUtf16(bytes, length))
        && isVaried(bytes, length);
  }

  /** Whether the bytes begin like a file, a compressed stream or DER, or like a zlib stream. */
  static boolean hasSignature(byte[] bytes, int length) {
    if (isDer(bytes, length)) {
      return true;
    }
    if (length >= 3 && bytes[0] == 'x' && ((bytes[0] << 8 | (bytes[1] & 0xff)) % 31) == 0) {
      return (bytes[1] & 0x20) == 0 && (bytes[2] & 6) != 6;
    }
    for (byte[] signature : SIGNATURES) {
      if (startsWith(bytes, length, signature)) {
        return true;
      }
    }
    return false;
  }

  /** A sequence with a length of two bytes that begins with a sequence or a number. */
  private static boolean isDer(byte[] bytes, int length) {
    return length > 4
        && bytes[0] == 0x30
        && (bytes[1] & 0xff) == 0x82
        && bytes[2] > 0
        && (bytes[4] == 0x30 || bytes[4] == 2);
  }

  private static boolean startsWith(byte[] bytes, int length, byte[] signature) {
    if (length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if (bytes[i] != signature[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes are UTF-8 text, possibly cut, however few they are. */
  static boolean isUtf8(byte[] bytes, int length) {
    int i = 0;
    while (i < length) {
      int lead = bytes[i] & 0xff;
      int more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : (lead & 0xf0) == 0xe0 ? 2 : 3;
      if (lead < 0x80 ? !isPrintable(lead) : lead < 0xc2 || lead > 0xf4) {
        return false;
      }
      for (int n = 1; n <= more && i + n < length; n++) {
        if ((bytes[i + n] & 0xc0) != 0x80) {
          return false;
        }
      }
      i += 1 + more;
    }
    return true;
  }

  /** Runs of one character, or of a few, are fillings. */
  private static boolean isVaried(byte[] bytes, int length) {
    long seen = 0;
    for (int i = 0; i < length; i++) {
      seen |= 1L << bytes[i];
    }
    return Long.bitCount(seen) >= MIN_DIFFERENT;
  }

  private static boolean isUtf16(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if ((i & 1) == 0 ? !isPrintable(bytes[i]) : bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a byte is a character of ASCII text. */
  static boolean isPrintable(int c) {
    return (c >= ' ' && c < 0x7f) || c == '\t' || c == '\n' || c == '\r';
  }
}
