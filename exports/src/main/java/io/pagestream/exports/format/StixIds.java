package io.pagestream.exports.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Deterministic identifiers: UUID version 5 (RFC 9562, section 5.5). */
final class StixIds {
  /** Namespace of all STIX Cyber-observable Objects (STIX 2.1, section 2.9). */
  static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

  /** Our namespace, for objects whose ids STIX leaves to the producer. */
  static final UUID PAGESTREAM = uuid(OBSERVABLES, "io.pagestream");

  private StixIds() {}

  /** An identifier {@code type--UUID} derived from a name. */
  static String id(String type, UUID namespace, String name) {
    return type + "--" + uuid(namespace, name);
  }

  static UUID uuid(UUID namespace, String name) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
