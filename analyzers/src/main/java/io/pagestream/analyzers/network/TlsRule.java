package io.pagestream.analyzers.network;

import io.pagestream.schemas.avro.Confidence;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds TLS client hellos, in packets and elsewhere: a record whose handshake message fills it, all
 * of whose lists and extensions fit into each other, with a cipher suite that is assigned. One that
 * continues beyond the visible bytes, or beyond its page into something else, has no fingerprints.
 */
final class TlsRule {
  static final String KIND = "tls-client-hello";

  /** Record type "handshake" and the versions of records (RFC 8446, section 5.1). */
  static final String PATTERN = "\\x16\\x03[\\x00-\\x03]";

  /** Length of a match. */
  static final int MATCH_BYTES = 3;

  /** Longest record that is read: hellos with keys for post-quantum groups have some 2 KiB. */
  static final int MAX_BYTES = 9216;

  /** Most application protocols that a finding contains. */
  private static final int MAX_PROTOCOLS = 8;

  private final NetworkBytes bytes;
  private final PacketReport report;
  private final ClientHelloReader reader;

  TlsRule(NetworkBytes bytes, PacketReport report) {
    this.bytes = bytes;
    this.report = report;
    this.reader = new ClientHelloReader(bytes);
  }

  /** Reports the client hello in the record at an offset, if there is one. */
  void check(int record) {
    if (!bytes.owns(record) || !reader.hasHeaders(record) || isConstant(record + 11)) {
      return;
    }
    int limit = Math.min(bytes.limit(), record + MAX_BYTES);
    ClientHelloReader.Result result = reader.read(record, limit);
    int page = bytes.pageEnd(record);
    if (result == ClientHelloReader.Result.INVALID
        && record + reader.length(record) > page
        && reader.read(record, page) == ClientHelloReader.Result.CUT) {
      limit = page; // the next page of memory belongs to something else
      result = ClientHelloReader.Result.CUT;
    }
    if (result != ClientHelloReader.Result.INVALID && hasAssignedSuite()) {
      boolean cut = result == ClientHelloReader.Result.CUT;
      int end = Math.min(record + reader.length(record), limit);
      report(record, end - record, cut, reader.hello());
    }
  }

  /** Whether the random bytes are all equal, as in memory that was filled. */
  private boolean isConstant(int random) {
    return bytes.equal(random, random + 1, 31);
  }

  /** A suite of the first blocks of IANA's registry, or one of TLS 1.3. */
  private boolean hasAssignedSuite() {
    for (int suite : reader.hello().cipherSuites()) {
      if ((suite >= 0x1301 && suite <= 0x1305)
          || (suite >= 0xc001 && suite <= 0xc0af)
          || (suite >= 0xcca8 && suite <= 0xccae)
          || (suite >= 0x0001 && suite <= 0x00c5)) {
        return true;
      }
    }
    return false;
  }

  private void report(int record, int length, boolean cut, ClientHello hello) {
    Map<String, String> attributes = new TreeMap<>();
    if (!hello.serverName().isEmpty()) {
      attributes.put("server-name", hello.serverName());
    }
    if (!hello.protocols().isEmpty()) {
      attributes.put("alpn", alpn(hello));
    }
    String value = hello.serverName().isEmpty() ? "no server name" : hello.serverName();
    if (cut) {
      attributes.put("cut", "true");
    } else {
      attributes.put("ja3", TlsFingerprint.ja3(hello));
      attributes.put("ja4", TlsFingerprint.ja4(hello));
      attributes.put("tls-version", version(hello.highestVersion()));
    }
    report.found(
        KIND, record, length, value, attributes, cut ? Confidence.MEDIUM : Confidence.HIGH);
  }

  private static String alpn(ClientHello hello) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(hello.protocols().size(), MAX_PROTOCOLS); i++) {
      text.append(text.isEmpty() ? "" : ",");
      hello
          .protocols()
          .get(i)
          .chars()
          .forEach(c ->
              text.append(
                  c > ' ' && c < 0x7f && c != ',' ? Character.toString(c) : "\\%03d".formatted(c)));
    }
    return text.toString();
  }

  private static String version(int version) {
    return switch (version) {
      case 0x0304 -> "1.3";
      case 0x0303 -> "1.2";
      case 0x0302 -> "1.1";
      case 0x0301 -> "1.0";
      case 0x0300 -> "SSL 3.0";
      default -> "0x%04x".formatted(version);
    };
  }
}
