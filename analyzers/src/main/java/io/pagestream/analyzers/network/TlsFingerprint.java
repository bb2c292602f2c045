package io.pagestream.analyzers.network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The fingerprints of a TLS client by its hello. Values that GREASE reserves are ignored. */
final class TlsFingerprint {
  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;
  private static final int SHOWN_DIGITS = 12;
  private static final String NONE = "0".repeat(SHOWN_DIGITS);

  private TlsFingerprint() {}

  /**
   * JA3, by Salesforce: the MD5 of version, cipher suites, extensions, groups and point formats, in
   * decimal.
   */
  static String ja3(ClientHello hello) {
    return digest("MD5", ja3Text(hello));
  }

  static String ja3Text(ClientHello hello) {
    return hello.version()
        + ","
        + decimal(hello.cipherSuites())
        + ","
        + decimal(hello.extensions())
        + ","
        + decimal(hello.groups())
        + ","
        + hello.pointFormats().stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  private static String decimal(List<Integer> values) {
    return ClientHello.withoutGrease(values).stream()
        .map(String::valueOf)
        .collect(Collectors.joining("-"));
  }

  /** JA4, by FoxIO (technical_details/JA4.md), of a client over TCP. */
  static String ja4(ClientHello hello) {
    List<Integer> suites = ClientHello.withoutGrease(hello.cipherSuites());
    List<Integer> extensions = ClientHello.withoutGrease(hello.extensions());
    List<Integer> hashed =
        extensions.stream().filter(type -> type != SERVER_NAME && type != ALPN).sorted().toList();
    List<Integer> signatures = ClientHello.withoutGrease(hello.signatureAlgorithms());
    String extensionText = hex(hashed) + (signatures.isEmpty() ? "" : "_" + hex(signatures));
    return "t"
        + version(hello.highestVersion())
        + (extensions.contains(SERVER_NAME) ? "d" : "i")
        + count(suites)
        + count(extensions)
        + protocol(hello.protocols())
        + "_"
        + (suites.isEmpty() ? NONE : shortened(hex(suites.stream().sorted().toList())))
        + "_"
        + (hashed.isEmpty() ? NONE : shortened(extensionText));
  }

  private static String version(int version) {
    return switch (version) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  private static String count(List<Integer> values) {
    return "%02d".formatted(Math.min(values.size(), 99));
  }

  /** First and last character of the first protocol, or of its hex digits if one is neither. */
  private static String protocol(List<String> protocols) {
    if (protocols.isEmpty()) {
      return "00";
    }
    String first = protocols.getFirst();
    String shown =
        isAlphanumeric(first.charAt(0)) && isAlphanumeric(first.charAt(first.length() - 1))
            ? first
            : HexFormat.of().formatHex(first.getBytes(StandardCharsets.ISO_8859_1));
    return shown.substring(0, 1) + shown.substring(shown.length() - 1);
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static String hex(List<Integer> values) {
    return values.stream().map("%04x"::formatted).collect(Collectors.joining(","));
  }

  private static String shortened(String text) {
    return digest("SHA-256", text).substring(0, SHOWN_DIGITS);
  }

  private static String digest(String algorithm, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
