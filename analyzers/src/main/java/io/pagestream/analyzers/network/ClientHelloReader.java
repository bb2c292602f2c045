package io.pagestream.analyzers.network;

import java.util.List;

/**
 * Reads a client hello in one TLS record. Every length must agree with those around it. A reader
 * serves one thread.
 */
final class ClientHelloReader {
  /** The result of reading. */
  enum Result {
    /** All of it was read. */
    WHOLE,
    /** It continues beyond the visible bytes; the beginning was read. */
    CUT,
    /** It is not a client hello. */
    INVALID
  }

  /** Length of the headers of the record and the handshake message. */
  private static final int HEADER_BYTES = 9;

  private static final int RANDOM_BYTES = 32;

  /** More values than any client sends in a list, or extensions; this bounds the work. */
  private static final int MAX_VALUES = 512;

  private static final int MAX_EXTENSIONS = 100;
  private static final int SERVER_NAME = 0;
  private static final int GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int ALPN = 16;
  private static final int VERSIONS = 43;

  private final NetworkBytes bytes;
  private ClientHello hello = ClientHello.empty(0);

  ClientHelloReader(NetworkBytes bytes) {
    this.bytes = bytes;
  }

  /** The client hello that was read last; incomplete after {@link Result#CUT}. */
  ClientHello hello() {
    return hello;
  }

  /** Length of the record at an offset, as it declares. */
  int length(int record) {
    return 5 + bytes.u16(record + 3);
  }

  /**
   * Whether a record at an offset has the headers of a client hello (RFC 8446, sections 4 and 5.1):
   * the handshake message fills the record.
   */
  boolean hasHeaders(int record) {
    if (!bytes.has(record, HEADER_BYTES + 2 + RANDOM_BYTES + 1)) {
      return false;
    }
    int length = bytes.u16(record + 3);
    return bytes.u8(record) == 22
        && bytes.u8(record + 1) == 3
        && bytes.u8(record + 2) <= 3
        && length <= 1 << 14
        && bytes.u8(record + 5) == 1
        && bytes.u24(record + 6) == length - 4
        && bytes.u8(record + 9) == 3
        && bytes.u8(record + 10) <= 3
        && bytes.u8(record + 11 + RANDOM_BYTES) <= 32;
  }

  /**
   * Reads a record that has the headers of a client hello.
   *
   * @param limit offset after the last visible byte
   */
  Result read(int record, int limit) {
    hello = ClientHello.empty(bytes.u16(record + HEADER_BYTES));
    int end = record + length(record);
    int shown = Math.min(limit, end);
    int at = record + HEADER_BYTES + 2 + RANDOM_BYTES;
    at += 1 + bytes.u8(at); // session id
    if (at + 2 > shown) {
      return Result.INVALID; // nothing was read that could be checked
    }
    int suites = bytes.u16(at);
    at += 2;
    if (suites == 0 || suites % 2 != 0 || suites > 2 * MAX_VALUES || at + suites + 2 > end) {
      return Result.INVALID;
    }
    if (at + suites + 2 > shown) {
      return Result.INVALID;
    }
    numbers(at, suites, 2, hello.cipherSuites());
    at += suites;
    int methods = bytes.u8(at);
    if (methods == 0 || at + 1 + methods > end || !hasNull(at + 1, methods, shown)) {
      return Result.INVALID;
    }
    at += 1 + methods;
    if (at == end) {
      return Result.WHOLE; // without extensions, as before TLS 1.0
    }
    if (at + 2 > shown) {
      return at + 2 > end ? Result.INVALID : Result.CUT;
    }
    return at + 2 + bytes.u16(at) == end ? extensions(at + 2, end, shown) : Result.INVALID;
  }

  /** The method "null" is among the compression methods (RFC 5246, section 7.4.1.2). */
  private boolean hasNull(int at, int count, int limit) {
    for (int i = at; i < Math.min(at + count, limit); i++) {
      if (bytes.u8(i) == 0) {
        return true;
      }
    }
    return false;
  }

  private Result extensions(int from, int end, int shown) {
    int at = from;
    while (at < end) {
      if (at + 4 > end || hello.extensions().size() == MAX_EXTENSIONS) {
        return Result.INVALID;
      }
      if (at + 4 > shown) {
        return Result.CUT;
      }
      int type = bytes.u16(at);
      int length = bytes.u16(at + 2);
      int data = at + 4;
      if (data + length > end || hello.extensions().contains(type)) {
        return Result.INVALID;
      }
      if (data + length > shown) {
        return Result.CUT;
      }
      if (!extension(type, data, length)) {
        return Result.INVALID;
      }
      hello.extensions().add(type);
      at = data + length;
    }
    return Result.WHOLE;
  }

  /** Reads the extensions that fingerprints use; false if one is not well-formed. */
  private boolean extension(int type, int at, int length) {
    return switch (type) {
      case SERVER_NAME -> serverName(at, length);
      case GROUPS -> list(at, length, 2, 2, hello.groups());
      case SIGNATURE_ALGORITHMS -> list(at, length, 2, 2, hello.signatureAlgorithms());
      case POINT_FORMATS -> list(at, length, 1, 1, hello.pointFormats());
      case VERSIONS -> list(at, length, 1, 2, hello.versions());
      case ALPN -> protocols(at, length);
      default -> true;
    };
  }

  /** RFC 6066, section 3. */
  private boolean serverName(int at, int length) {
    if (length < 5 || bytes.u16(at) != length - 2 || bytes.u8(at + 2) != 0) {
      return false;
    }
    int name = bytes.u16(at + 3);
    if (name == 0 || name > 255 || name != length - 5) {
      return false;
    }
    for (int i = at + 5; i < at + length; i++) {
      if (!DnsName.isHostByte(bytes.u8(i)) && bytes.u8(i) != '.' && bytes.u8(i) != ':') {
        return false;
      }
    }
    hello = hello.withServerName(bytes.ascii(at + 5, name));
    return true;
  }

  /** A list that fills its extension, after its own length. */
  private boolean list(int at, int length, int lengthBytes, int width, List<Integer> into) {
    if (length < lengthBytes) {
      return false;
    }
    int own = lengthBytes == 1 ? bytes.u8(at) : bytes.u16(at);
    if (own != length - lengthBytes || own % width != 0 || own > width * MAX_VALUES) {
      return false;
    }
    numbers(at + lengthBytes, own, width, into);
    return true;
  }

  private void numbers(int from, int length, int width, List<Integer> into) {
    for (int at = from; at < from + length; at += width) {
      into.add(width == 1 ? bytes.u8(at) : bytes.u16(at));
    }
  }

  /** RFC 7301, section 3.1. */
  private boolean protocols(int at, int length) {
    if (length < 2 || bytes.u16(at) != length - 2) {
      return false;
    }
    int next = at + 2;
    while (next < at + length) {
      int own = bytes.u8(next);
      if (own == 0 || next + 1 + own > at + length || hello.protocols().size() == MAX_EXTENSIONS) {
        return false;
      }
      hello.protocols().add(bytes.latin1(next + 1, own));
      next += 1 + own;
    }
    return true;
  }
}
