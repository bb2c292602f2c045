package io.pagestream.analyzers.privatekey;

import io.pagestream.analyzers.publickey.EcCurve;
import io.pagestream.analyzers.publickey.Ed25519;
import io.pagestream.analyzers.publickey.SshPublicKey;
import io.pagestream.analyzers.publickey.SshReader;
import io.pagestream.schemas.avro.Confidence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * OpenSSH's private keys ({@code PROTOCOL.key} of OpenSSH): one key, encrypted or not. Of an
 * encrypted key, the names of cipher and key derivation and the public key are checked. Otherwise
 * the two check numbers must be the same, and the private key must belong to the public key.
 */
final class OpensshKey {
  /** The first bytes; a NUL follows. */
  static final String MAGIC = "openssh-key-v1";

  private static final int MAX_NAME = 64;
  private static final int MAX_BLOB = 16 * 1024;
  private static final int MAX_COMMENT = 1024;
  private static final int MAX_PADDING = 255;
  private static final int MAX_NUMBER = RsaKey.MAX_NUMBER_BYTES;

  private final EcKey ecKey;
  private final Ed25519Key ed25519Key;

  OpensshKey(EcKey ecKey, Ed25519Key ed25519Key) {
    this.ecKey = ecKey;
    this.ed25519Key = ed25519Key;
  }

  /**
   * The key whose magic starts at an offset, or null.
   *
   * @param limit offset after the last byte that is read
   */
  @Nullable PrivateKey at(MemorySegment memory, int start, int limit) {
    int from = start + MAGIC.length();
    if (from >= limit || memory.get(ValueLayout.JAVA_BYTE, from) != 0) {
      return null;
    }
    SshReader reader = new SshReader(memory, from + 1, limit);
    String cipher = reader.word(MAX_NAME);
    String derivation = reader.word(MAX_NAME);
    byte[] options = reader.bytes(MAX_NAME);
    int keys = reader.u32();
    byte[] blob = reader.bytes(MAX_BLOB);
    byte[] secret = reader.bytes(MAX_BLOB);
    boolean encrypted = !cipher.equals("none");
    if (reader.failed()
        || keys != 1
        || secret.length == 0
        || secret.length % 8 != 0
        || derivation.equals("none") == encrypted
        || encrypted == (options.length == 0)) {
      return null;
    }
    SshPublicKey publicKey = SshPublicKey.of(blob);
    if (publicKey == null) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("key-type", publicKey.type());
    attributes.put("bits", Integer.toString(publicKey.bits()));
    attributes.put("encrypted", Boolean.toString(encrypted));
    attributes.put("form", "openssh");
    if (encrypted) {
      attributes.put("cipher", cipher);
      attributes.put("key-derivation", derivation);
    } else {
      String comment = comment(secret, publicKey.type(), blob);
      if (comment == null) {
        return null;
      }
      if (!comment.isEmpty()) {
        attributes.put("comment", comment);
      }
    }
    return new PrivateKey(
        PrivateKey.OPENSSH,
        reader.offset() - start,
        publicKey.fingerprint(),
        Confidence.HIGH,
        attributes);
  }

  /** The Ed25519 key in an unencrypted key, or null if it is not one. */
  @Nullable PrivateKey ed25519(MemorySegment memory, int start, PrivateKey container) {
    if (!"ssh-ed25519".equals(container.attributes().get("key-type"))
        || !"false".equals(container.attributes().get("encrypted"))) {
      return null;
    }
    SshReader reader =
        new SshReader(memory, start + MAGIC.length() + 1, start + container.length());
    reader.word(MAX_NAME);
    reader.word(MAX_NAME);
    reader.bytes(MAX_NAME);
    reader.u32();
    reader.bytes(MAX_BLOB);
    SshReader secret = SshReader.of(reader.bytes(MAX_BLOB));
    secret.u32();
    secret.u32();
    secret.word(MAX_NAME);
    byte[] publicKey = secret.bytes(Ed25519.KEY_BYTES);
    byte[] both = secret.bytes(2 * Ed25519.KEY_BYTES);
    return ed25519Key.of(
        Arrays.copyOf(both, Ed25519.KEY_BYTES), publicKey, container.length(), "openssh");
  }

  /**
   * The comment in an unencrypted section, or null if its key does not belong to the public key.
   */
  private @Nullable String comment(byte[] section, String type, byte[] blob) {
    SshReader reader = SshReader.of(section);
    int check = reader.u32();
    if (reader.u32() != check || !reader.word(MAX_NAME).equals(type)) {
      return null;
    }
    SshReader publicKey = SshReader.of(blob);
    publicKey.word(MAX_NAME);
    if (!belongs(type, reader, publicKey)) {
      return null;
    }
    byte[] comment = reader.bytes(MAX_COMMENT);
    return !reader.failed() && isPadding(section, reader.offset())
        ? new String(comment, StandardCharsets.UTF_8)
        : null;
  }

  /** Whether the bytes after the comment are 1, 2, 3 and so on. */
  private static boolean isPadding(byte[] section, int from) {
    for (int i = from; i < section.length; i++) {
      if ((section[i] & MAX_PADDING) != i - from + 1) {
        return false;
      }
    }
    return section.length - from <= MAX_PADDING;
  }

  private boolean belongs(String type, SshReader secret, SshReader publicKey) {
    return switch (type) {
      case "ssh-rsa" -> rsa(secret, publicKey);
      case "ssh-ed25519" -> ed25519(secret, publicKey);
      case "ssh-dss" -> dsa(secret, publicKey);
      default -> type.startsWith("ecdsa-sha2-") && ecdsa(secret, publicKey);
    };
  }

  private static boolean rsa(SshReader secret, SshReader publicKey) {
    BigInteger n = secret.positive(MAX_NUMBER);
    BigInteger e = secret.positive(MAX_NUMBER);
    BigInteger d = secret.positive(MAX_NUMBER);
    BigInteger qInv = secret.positive(MAX_NUMBER);
    BigInteger p = secret.positive(MAX_NUMBER);
    BigInteger q = secret.positive(MAX_NUMBER);
    return !secret.failed()
        && e.equals(publicKey.positive(MAX_NUMBER))
        && n.equals(publicKey.positive(MAX_NUMBER))
        && RsaKey.areKey(n, e, d, p, q, qInv);
  }

  private boolean ed25519(SshReader secret, SshReader publicKey) {
    byte[] expected = publicKey.bytes(Ed25519.KEY_BYTES);
    byte[] again = secret.bytes(Ed25519.KEY_BYTES);
    byte[] both = secret.bytes(2 * Ed25519.KEY_BYTES);
    return both.length == 2 * Ed25519.KEY_BYTES
        && Arrays.equals(again, expected)
        && Arrays.equals(both, Ed25519.KEY_BYTES, both.length, expected, 0, expected.length)
        && ed25519Key.of(Arrays.copyOf(both, Ed25519.KEY_BYTES), expected, 1, "") != null;
  }

  /** DSA: five numbers, y = g^x mod p; the power is not calculated, because it takes too long. */
  private static boolean dsa(SshReader secret, SshReader publicKey) {
    for (int i = 0; i < 4; i++) {
      if (!secret.positive(MAX_NUMBER).equals(publicKey.positive(MAX_NUMBER))) {
        return false;
      }
    }
    secret.positive(MAX_NUMBER);
    return !secret.failed() && !publicKey.failed();
  }

  private boolean ecdsa(SshReader secret, SshReader publicKey) {
    String name = secret.word(MAX_NAME);
    EcCurve curve = EcCurve.ofSsh(name);
    if (curve == null || !publicKey.word(MAX_NAME).equals(name)) {
      return false;
    }
    int bytes = 1 + 2 * curve.bytes();
    byte[] expected = publicKey.bytes(bytes);
    byte[] again = secret.bytes(bytes);
    BigInteger key = secret.positive(curve.bytes());
    return !secret.failed()
        && Arrays.equals(expected, again)
        && curve.isPrivateKey(key)
        && Arrays.equals(expected, ecKey.publicKey(curve, key).encode(curve));
  }
}
