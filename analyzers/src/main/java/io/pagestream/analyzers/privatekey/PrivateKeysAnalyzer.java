package io.pagestream.analyzers.privatekey;

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
import org.jspecify.annotations.Nullable;

/**
 * Finds private keys, at any alignment:
 *
 * <ul>
 *   <li>{@code rsa-private-key}: PKCS #1 and PKCS #8 in DER; all relations between the numbers hold
 *       ({@link RsaKey})
 *   <li>{@code ec-private-key}: SEC 1 and PKCS #8 in DER, named curves; the public key, if present,
 *       is the one that belongs to the private key ({@link EcKey})
 *   <li>{@code ed25519-private-key}: PKCS #8 in DER and OpenSSH's format ({@link Ed25519Key})
 *   <li>{@code openssh-private-key}: OpenSSH's format, in binary or in PEM ({@link OpensshKey})
 *   <li>{@code pem-private-key}: PEM, also without its end ({@link PemKey})
 *   <li>{@code wireguard-key}: configuration of WireGuard ({@link WireguardKey})
 * </ul>
 *
 * <p>The value of a key pair is a fingerprint of its public key: {@code sha256:} and the SHA-256 of
 * its SubjectPublicKeyInfo in hex, or for OpenSSH the text that {@code ssh-keygen -l} prints. The
 * private key is at the address of the finding. The value of a WireGuard key, which has no
 * structure around it, is the key.
 */
public final class PrivateKeysAnalyzer implements Analyzer {
  /** Bytes of the longest key: PEM of an RSA key of 16,384 bits. */
  private static final int LOOK_AHEAD = 16 * 1024;

  /** Bytes before the key in a PKCS #8 structure: three headers, the version, an algorithm. */
  private static final int LOOK_BEHIND = 64;

  /** Maximum distance from the start of a key to the end of its anchor. */
  private static final int ANCHOR_END = 64;

  /** Indexes of expressions; those between them are PKCS #8's. */
  private static final int PKCS1 = 0;

  private static final int SEC1 = 4;
  private static final int OPENSSH = 5;
  private static final int PEM = 6;

  /** In the order of the constants; the last one is WireGuard's. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "\\x30\\x82..\\x02\\x01\\x00\\x02[\\x41\\x81\\x82]",
          "\\x02\\x01[\\x00\\x01]\\x30[\\x0b-\\x0f]\\x06\\x09\\x2a\\x86\\x48\\x86\\xf7\\x0d\\x01\\x01\\x01",
          "\\x02\\x01[\\x00\\x01]\\x30[\\x10-\\x1f]\\x06\\x07\\x2a\\x86\\x48\\xce\\x3d\\x02\\x01",
          "\\x02\\x01[\\x00\\x01]\\x30\\x05\\x06\\x03\\x2b\\x65\\x70",
          "\\x02\\x01\\x01\\x04[\\x20\\x30\\x40\\x42]",
          OpensshKey.MAGIC,
          "-----BEGIN (?:[A-Z0-9]{1,9} )?PRIVATE KEY-----",
          WireguardKey.EXPRESSION);

  /** Lengths of the anchors of binary keys. */
  private static final int[] ANCHOR_BYTES = {9, 16, 14, 10, 5, OpensshKey.MAGIC.length()};

  /** The properties and requirements of this analyzer. */
  public static final AnalyzerInfo INFO =
      new AnalyzerInfo(
              "private-keys",
              "Finds private keys (RSA, elliptic curves, Ed25519) in DER, PEM, OpenSSH and WireGuard.",
              List.of(
                  FindingKind.proven(PrivateKey.RSA),
                  FindingKind.proven(PrivateKey.EC),
                  FindingKind.proven(PrivateKey.ED25519),
                  FindingKind.proven(PrivateKey.OPENSSH),
                  FindingKind.checked(PemKey.KIND),
                  FindingKind.checked(WireguardKey.KIND)),
              LOOK_BEHIND,
              LOOK_AHEAD,
              List.of())
          .searching(new Patterns(EXPRESSIONS, 0, ANCHOR_END));

  private final EcKey ecKey = new EcKey();
  private final Ed25519Key ed25519Key = new Ed25519Key();
  private final Pkcs8 pkcs8 = new Pkcs8(ecKey, ed25519Key);
  private final OpensshKey openssh = new OpensshKey(ecKey, ed25519Key);
  private final PemKey pem = new PemKey(ecKey, pkcs8, openssh);

  /** An instance for one thread; it has no options. */
  public PrivateKeysAnalyzer(AnalyzerOptions unused) {}

  @Override
  public AnalyzerInfo info() {
    return INFO;
  }

  @Override
  public void analyze(Window window, Matches matches, FindingSink findings) {
    MemorySegment memory = window.bytes();
    for (int i = 0; i < matches.count(); i++) {
      int end = matches.end(i);
      int pattern = matches.pattern(i);
      if (pattern <= SEC1) {
        der(window, pattern, end - ANCHOR_BYTES[pattern], findings);
      } else if (pattern == OPENSSH) {
        openssh(window, end - ANCHOR_BYTES[pattern], findings);
      } else if (pattern == PEM) {
        int start = ArmoredBlock.beginOf(memory, end);
        if (window.owns(start)) {
          pem.find(memory, start, end, limit(window, start), findings);
        }
      } else {
        WireguardKey.find(window, end, findings);
      }
    }
  }

  private static int limit(Window window, int start) {
    return Math.min(window.limit(), start + LOOK_AHEAD);
  }

  /**
   * Reports the key in DER around an anchor.
   *
   * @param anchor offset of its version, and in PKCS #1 of its header
   */
  private void der(Window window, int pattern, int anchor, FindingSink findings) {
    if (anchor < 0) {
      return;
    }
    MemorySegment memory = window.bytes();
    int limit = limit(window, anchor);
    DerElement sequence =
        pattern == PKCS1
            ? DerElement.at(memory, anchor, limit, DerElement.SEQUENCE)
            : DerElement.around(memory, anchor, limit, DerElement.SEQUENCE);
    if (sequence == null || !window.owns(sequence.start())) {
      return;
    }
    PrivateKey key =
        switch (pattern) {
          case PKCS1 -> RsaKey.of(sequence);
          case SEC1 -> ecKey.of(sequence, null);
          default -> pkcs8.of(sequence);
        };
    boolean inner = pattern == PKCS1 || pattern == SEC1;
    if (key != null && !(inner && pkcs8.contains(memory, sequence, limit))) {
      report(sequence.start(), key, findings);
    }
  }

  private void openssh(Window window, int start, FindingSink findings) {
    if (window.owns(start)) {
      PrivateKey key = openssh.at(window.bytes(), start, limit(window, start));
      report(start, key, findings);
      if (key != null) {
        report(start, openssh.ed25519(window.bytes(), start, key), findings);
      }
    }
  }

  private static void report(int start, @Nullable PrivateKey key, FindingSink findings) {
    if (key != null) {
      findings.found(
          key.kind(),
          start,
          key.length(),
          key.value(),
          Encoding.BINARY,
          key.attributes(),
          key.confidence());
    }
  }
}
