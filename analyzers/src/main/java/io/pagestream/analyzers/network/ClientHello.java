package io.pagestream.analyzers.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The contents of a TLS client hello (RFC 8446, section 4.1.2), in the order in which they are
 * sent, with the values that GREASE reserves (RFC 8701).
 *
 * @param version legacy version: that of the client before TLS 1.3
 * @param cipherSuites cipher suites
 * @param extensions types of the extensions
 * @param groups supported groups (RFC 8422 calls them elliptic curves)
 * @param pointFormats formats of points on elliptic curves
 * @param signatureAlgorithms signature algorithms
 * @param versions supported versions; empty without the extension
 * @param protocols application protocols (ALPN), one byte per character
 * @param serverName the server's name; empty without one
 */
record ClientHello(
    int version,
    List<Integer> cipherSuites,
    List<Integer> extensions,
    List<Integer> groups,
    List<Integer> pointFormats,
    List<Integer> signatureAlgorithms,
    List<Integer> versions,
    List<String> protocols,
    String serverName) {
  /** An empty one, to be filled. */
  static ClientHello empty(int version) {
    return new ClientHello(
        version,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        "");
  }

  ClientHello withServerName(String name) {
    return new ClientHello(
        version,
        cipherSuites,
        extensions,
        groups,
        pointFormats,
        signatureAlgorithms,
        versions,
        protocols,
        name);
  }

  /** Whether a value is reserved by GREASE: 0x0a0a, 0x1a1a, to 0xfafa. */
  static boolean isGrease(int value) {
    return (value & 0x0f0f) == 0x0a0a && value >>> 8 == (value & 0xff);
  }

  /** The values of a list that GREASE does not reserve. */
  static List<Integer> withoutGrease(List<Integer> values) {
    return values.stream().filter(value -> !isGrease(value)).toList();
  }

  /** The highest version that the client supports. */
  int highestVersion() {
    return withoutGrease(versions).stream().max(Integer::compare).orElse(version);
  }
}
