package io.pagestream.analyzers.privatekey;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.armor.ArmoredBlock;
import io.pagestream.analyzers.asn1.DerElement;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Private keys in PEM (RFC 7468; RFC 1421 for OpenSSL's older encrypted keys). The data must begin
 * as the label requires; with an END line they must also be one whole structure. If the numbers in
 * it prove the key, the value is the fingerprint of the public key and the confidence is high.
 * Otherwise the value is the label. A key without an END line, for example because the next page in
 * physical memory belongs to something else, has the attribute {@code cut}.
 */
final class PemKey {
  static final String KIND = "pem-private-key";

  /** Bytes of data that a key without an END line must have. */
  private static final int MIN_CUT = 48;

  private static final byte[] OPENSSH =
      (OpensshKey.MAGIC + "\0").getBytes(StandardCharsets.US_ASCII);

  /** Object identifiers of encryption by password: PKCS #5 and PKCS #12. */
  private static final byte[] PKCS5 = HexFormat.of().parseHex("06092a864886f70d0105");

  private static final byte[] PKCS12 = HexFormat.of().parseHex("060a2a864886f70d010c01");

  private final EcKey ecKey;
  private final Pkcs8 pkcs8;
  private final OpensshKey openssh;

  PemKey(EcKey ecKey, Pkcs8 pkcs8, OpensshKey openssh) {
    this.ecKey = ecKey;
    this.pkcs8 = pkcs8;
    this.openssh = openssh;
  }

  /** Reports the key whose BEGIN line is {@code [start, lineEnd)}, if it is one. */
  void find(MemorySegment memory, int start, int lineEnd, int limit, FindingSink findings) {
    ArmoredBlock block = ArmoredBlock.at(memory, start, lineEnd, limit);
    if (block == null || (!block.complete() && block.content().length < MIN_CUT)) {
      return;
    }
    String encryption = block.fields().get("DEK-Info");
    boolean encrypted = encryption != null || block.label().startsWith("ENCRYPTED");
    if (encryption == null ? !isPlausible(block) : !isEncrypted(block, encryption)) {
      return;
    }
    PrivateKey key = encrypted || !block.complete() ? null : key(block);
    Map<String, String> attributes = new TreeMap<>();
    if (key != null) {
      attributes.putAll(key.attributes());
    }
    attributes.put("label", block.label());
    if (encrypted) {
      attributes.put("encrypted", "true");
    }
    if (encryption != null) {
      attributes.put("cipher", encryption.substring(0, encryption.indexOf(',')));
    }
    if (!block.complete()) {
      attributes.put("cut", "true");
    }
    findings.found(
        KIND,
        start,
        block.end() - start,
        key == null ? block.label() : key.value(),
        Encoding.ASCII,
        attributes,
        key == null ? null : key.confidence());
    if (key != null && key.kind().equals(PrivateKey.OPENSSH)) {
      findings.found(
          key.kind(),
          start,
          block.end() - start,
          key.value(),
          Encoding.ASCII,
          key.in("pem", block.end() - start).attributes(),
          key.confidence());
    }
  }

  private @Nullable PrivateKey key(ArmoredBlock block) {
    MemorySegment content = MemorySegment.ofArray(block.content());
    int length = block.content().length;
    if (block.label().startsWith("OPENSSH")) {
      return openssh.at(content, 0, length);
    }
    DerElement sequence = DerElement.at(content, 0, length, DerElement.SEQUENCE);
    if (sequence == null) {
      return null;
    }
    return switch (block.label()) {
      case "RSA PRIVATE KEY" -> RsaKey.of(sequence);
      case "EC PRIVATE KEY" -> ecKey.of(sequence, null);
      case "PRIVATE KEY" -> pkcs8.of(sequence);
      default -> null;
    };
  }

  /** Whether the data begin as the label requires, and are whole if there is an END line. */
  private static boolean isPlausible(ArmoredBlock block) {
    byte[] content = block.content();
    if (block.label().startsWith("OPENSSH")) {
      return content.length > OPENSSH.length
          && Arrays.equals(content, 0, OPENSSH.length, OPENSSH, 0, OPENSSH.length);
    }
    MemorySegment shown = MemorySegment.ofArray(content);
    int header = headerBytes(content);
    if (header < 0 || (block.complete() && !isOne(shown))) {
      return false;
    }
    return switch (block.label()) {
      case "RSA PRIVATE KEY", "DSA PRIVATE KEY" ->
          begins(content, header, "020100") && content[header + 3] == DerElement.INTEGER;
      case "EC PRIVATE KEY" ->
          begins(content, header, "020101") && content[header + 3] == DerElement.OCTET_STRING;
      case "PRIVATE KEY" ->
          (begins(content, header, "020100") || begins(content, header, "020101"))
              && content[header + 3] == DerElement.SEQUENCE
              && content[header + 5] == DerElement.OBJECT_IDENTIFIER;
      case "ENCRYPTED PRIVATE KEY" -> isEncryptedInfo(content, header);
      default -> false;
    };
  }

  /** Whether the content is one SEQUENCE. */
  private static boolean isOne(MemorySegment content) {
    DerElement whole = DerElement.at(content, 0, (int) content.byteSize(), DerElement.SEQUENCE);
    return whole != null && whole.end() == content.byteSize();
  }

  /** Bytes of the header of a SEQUENCE, with enough bytes after it to examine; or -1. */
  private static int headerBytes(byte[] content) {
    if (content.length < 24 || content[0] != DerElement.SEQUENCE) {
      return -1;
    }
    int length = content[1] & 0xff;
    return length < 0x80 ? 2 : length == 0x81 ? 3 : length == 0x82 ? 4 : -1;
  }

  private static boolean isEncryptedInfo(byte[] content, int header) {
    int inner = content[header] == DerElement.SEQUENCE ? header + 2 : -1;
    return inner > 0
        && content.length > inner + PKCS12.length
        && (Arrays.equals(content, inner, inner + PKCS5.length, PKCS5, 0, PKCS5.length)
            || Arrays.equals(content, inner, inner + PKCS12.length, PKCS12, 0, PKCS12.length));
  }

  /** OpenSSL's older form: whole blocks of a cipher, whose name and IV are in a header field. */
  private static boolean isEncrypted(ArmoredBlock block, String encryption) {
    return block.label().endsWith(" PRIVATE KEY")
        && "4,ENCRYPTED".equals(block.fields().get("Proc-Type"))
        && encryption.matches("[A-Z0-9-]{3,24},(?:[0-9A-F]{16}|[0-9A-F]{32})")
        && (!block.complete() || block.content().length % 8 == 0);
  }

  private static boolean begins(byte[] content, int offset, String hex) {
    byte[] expected = HexFormat.of().parseHex(hex);
    return Arrays.equals(content, offset, offset + expected.length, expected, 0, expected.length);
  }
}
