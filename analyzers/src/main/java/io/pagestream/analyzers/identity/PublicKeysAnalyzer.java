package io.pagestream.analyzers.identity;

import io.pagestream.analyzers.api.Analyzer;
import io.pagestream.analyzers.api.AnalyzerInfo;
import io.pagestream.analyzers.api.AnalyzerOptions;
import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingKind;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Matches;
import io.pagestream.analyzers.api.Patterns;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.armor.ArmoredBlock;
import io.pagestream.analyzers.asn1.DerElement;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds public keys, at any alignment:
 *
 * <ul>
 *   <li>{@code x509-certificate}: certificates in DER and PEM ({@link Certificate}). The value is
 *       the subject, or the SHA-256 of the certificate if it has none.
 *   <li>{@code ssh-public-key}: lines of text ({@link SshKeyLine}). The value is the fingerprint
 *       that {@code ssh-keygen -l} prints.
 *   <li>{@code pgp-key}: public and secret keys in armor, whose checksum must be right, and in
 *       binary, if a user id follows ({@link PgpKey}). The value is the fingerprint.
 * </ul>
 */
public final class PublicKeysAnalyzer implements Analyzer {
  private static final String CERTIFICATE = "x509-certificate";
  private static final String PGP = "pgp-key";

  /** Bytes of the longest certificate in PEM. */
  private static final int LOOK_AHEAD = 24 * 1024;

  /** Three headers and a type's name. */
  private static final int LOOK_BEHIND = 64;

  private static final int ANCHOR_END = 64;

  private static final int X509 = 0;
  private static final int SSH = 1;
  private static final int ARMOR = 2;
  private static final int PGP_RSA = 3;

  /** In the order of the constants; the last one is that of Ed25519 in OpenPGP. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "\\xa0\\x03\\x02\\x01\\x02\\x02",
          SshKeyLine.EXPRESSION,
          "-----BEGIN (?:(?:X509 |TRUSTED )?CERTIFICATE|PGP (?:PUBLIC|PRIVATE) KEY BLOCK)-----",
          "[\\x94\\x95\\x98\\x99\\xc5\\xc6]..?\\x04....\\x01[\\x04\\x06\\x08\\x0c\\x10]\\x00[\\x80-\\xff]",
          "\\x16\\x09\\x2b\\x06\\x01\\x04\\x01\\xda\\x47\\x0f\\x01\\x01\\x07\\x40");

  private static final int X509_ANCHOR = 6;

  /** From the version of an RSA key to the end of its anchor. */
  private static final int RSA_ANCHOR = 9;

  /** The same for an Ed25519 key: version, time and anchor. */
  private static final int ED25519_ANCHOR = 14 + 5;

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "public-keys",
              "Finds X.509 certificates, SSH public keys and OpenPGP keys.",
              List.of(
                  FindingKind.proven(CERTIFICATE),
                  FindingKind.proven(SshKeyLine.KIND),
                  FindingKind.proven(PGP)),
              LOOK_BEHIND,
              LOOK_AHEAD,
              List.of())
          .searching(new Patterns(EXPRESSIONS, 0, ANCHOR_END));

  /** An instance for one thread; it has no options. */
  public PublicKeysAnalyzer(AnalyzerOptions unused) {}

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    for (int i = 0; i < matches.count(); i++) {
      int end = matches.end(i);
      switch (matches.pattern(i)) {
        case X509 -> certificate(window, end - X509_ANCHOR, findings);
        case SSH -> SshKeyLine.find(window, end, findings);
        case ARMOR -> armor(window, end, findings);
        case PGP_RSA -> pgp(window, end - RSA_ANCHOR, findings);
        default -> pgp(window, end - ED25519_ANCHOR, findings);
      }
    }
  }

  private static int limit(Window window, int start) {
    return Math.min(window.limit(), start + LOOK_AHEAD);
  }

  /**
   * Reports the certificate around an anchor.
   *
   * @param version offset of the version, the first field of {@code TBSCertificate}
   */
  private static void certificate(Window window, int version, FindingSink findings) {
    MemorySegment memory = window.bytes();
    int limit = Math.min(window.limit(), version + Certificate.MAX_BYTES);
    DerElement signed = DerElement.around(memory, version, limit, DerElement.SEQUENCE);
    DerElement whole =
        signed == null
            ? null
            : DerElement.around(memory, signed.start(), limit, DerElement.SEQUENCE);
    if (whole != null && window.owns(whole.start())) {
      Certificate certificate = Certificate.of(whole);
      if (certificate != null) {
        report(whole.start(), whole.size(), certificate, Encoding.BINARY, "der", findings);
      }
    }
  }

  private static void armor(Window window, int lineEnd, FindingSink findings) {
    int start = ArmoredBlock.beginOf(window.bytes(), lineEnd);
    if (!window.owns(start)) {
      return;
    }
    ArmoredBlock block = ArmoredBlock.at(window.bytes(), start, lineEnd, limit(window, start));
    if (block == null) {
      return;
    }
    MemorySegment content = MemorySegment.ofArray(block.content());
    int length = block.content().length;
    if (block.label().endsWith("CERTIFICATE")) {
      DerElement whole = DerElement.at(content, 0, length, DerElement.SEQUENCE);
      Certificate certificate = whole == null ? null : Certificate.of(whole);
      if (certificate != null && block.complete()) {
        report(start, block.end() - start, certificate, Encoding.ASCII, "pem", findings);
      }
      return;
    }
    PgpKey key = PgpKey.at(content, 0, length);
    boolean checked = block.checksum() < 0 || block.checksum() == Crc24.of(block.content());
    if (key != null && (checked || !block.complete())) {
      report(start, block.end() - start, key, Encoding.ASCII, !block.complete(), findings);
    }
  }

  /** Reports the OpenPGP key whose packet has its contents at an offset, if a user id follows. */
  private static void pgp(Window window, int body, FindingSink findings) {
    for (int start = Math.max(0, body - 3); start <= body - 2; start++) {
      int limit = limit(window, start);
      PgpPacket packet = window.owns(start) ? PgpPacket.at(window.bytes(), start, limit) : null;
      if (packet != null && packet.content() == body) {
        PgpKey key = PgpKey.at(window.bytes(), start, limit);
        if (key != null && !key.userId().isEmpty()) {
          report(start, key.end() - start, key, Encoding.BINARY, false, findings);
        }
      }
    }
  }

  private static void report(
      int start,
      int length,
      Certificate certificate,
      Encoding encoding,
      String form,
      FindingSink findings) {
    Map<String, String> attributes = new TreeMap<>(certificate.attributes());
    attributes.put("form", form);
    String subject = certificate.subject();
    findings.found(
        CERTIFICATE,
        start,
        length,
        subject.isEmpty() ? "sha256:" + certificate.sha256() : subject,
        encoding,
        attributes);
  }

  private static void report(
      int start, int length, PgpKey key, Encoding encoding, boolean cut, FindingSink findings) {
    Map<String, String> attributes = new TreeMap<>(key.attributes());
    if (cut) {
      attributes.put("cut", "true");
    }
    findings.found(PGP, start, length, key.fingerprint(), encoding, attributes);
  }
}
