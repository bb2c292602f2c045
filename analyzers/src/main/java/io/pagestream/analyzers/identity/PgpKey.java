package io.pagestream.analyzers.identity;

import io.pagestream.analyzers.publickey.EcCurve;
import io.pagestream.analyzers.publickey.Ed25519;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Primary keys of OpenPGP, version 4 (RFC 9580, section 5.5.2). The numbers of the public key must
 * be in their shortest form and valid for the algorithm, and those of a public key packet must fill
 * it. The value is the fingerprint (section 5.5.4.2).
 *
 * @param end offset after the key packet and the user id packet, if there is one
 * @param userId user id that follows; empty if there is none
 * @param fingerprint 40 digits in upper-case hex
 * @param attributes attributes of the finding
 */
record PgpKey(int end, String userId, String fingerprint, Map<String, String> attributes) {
  private static final int VERSION = 4;
  private static final int HEAD_BYTES = 6;
  private static final int MIN_RSA_BITS = 512;

  /** Version 4 keys do not exist before 1996 (RFC 2440 is of 1998), in seconds. */
  private static final long FIRST_TIME = 820_454_400L;

  /** Later times than 2060 are not plausible, in seconds. */
  private static final long LAST_TIME = 2_840_140_800L;

  private static final int RSA = 1;
  private static final int DSA = 17;
  private static final int ECDSA = 19;
  private static final int EDDSA = 22;
  private static final int ED25519 = 27;

  /** Curve of an EdDSA key: length and object identifier (section 9.2). */
  private static final byte[] ED25519_CURVE = HexFormat.of().parseHex("092b06010401da470f01");

  /** Copies the map. */
  PgpKey {
    attributes = Map.copyOf(attributes);
  }

  /** The key whose packet starts at an offset, or null if it is not one. */
  static @Nullable PgpKey at(MemorySegment memory, int start, int limit) {
    PgpPacket packet = PgpPacket.at(memory, start, limit);
    if (packet == null
        || (packet.tag() != PgpPacket.PUBLIC_KEY && packet.tag() != PgpPacket.SECRET_KEY)) {
      return null;
    }
    int body = packet.content();
    if (packet.length() <= HEAD_BYTES || u8(memory, body) != VERSION) {
      return null;
    }
    long created = (long) u16(memory, body + 1) << 16 | u16(memory, body + 3);
    int algorithm = u8(memory, body + 5);
    Numbers numbers = new Numbers(memory, body + HEAD_BYTES, packet.end());
    int bits = bits(algorithm, numbers);
    boolean secret = packet.tag() == PgpPacket.SECRET_KEY;
    if (bits == 0
        || created < FIRST_TIME
        || created > LAST_TIME
        || secret == (numbers.at == packet.end())) {
      return null;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("algorithm", name(algorithm));
    attributes.put("bits", Integer.toString(bits));
    attributes.put("created", Instant.ofEpochSecond(created).toString());
    attributes.put("secret", Boolean.toString(secret));
    PgpPacket next = PgpPacket.at(memory, packet.end(), limit);
    String userId = next == null ? null : next.userId();
    if (userId != null) {
      attributes.put("user-id", userId);
    }
    return new PgpKey(
        next == null || userId == null ? packet.end() : next.end(),
        userId == null ? "" : userId,
        fingerprint(memory, body, numbers.at),
        attributes);
  }

  private static int bits(int algorithm, Numbers numbers) {
    return switch (algorithm) {
      case RSA -> {
        int modulus = numbers.next();
        boolean odd = numbers.lastIsOdd();
        int exponent = numbers.next();
        yield odd
                && numbers.lastIsOdd()
                && modulus >= MIN_RSA_BITS
                && exponent > 1
                && exponent <= 64
            ? modulus
            : 0;
      }
      case DSA -> {
        int p = numbers.next();
        int q = numbers.next();
        int g = numbers.next();
        int y = numbers.next();
        yield q >= 160 && q <= 512 && p >= MIN_RSA_BITS && g > 1 && g <= p && y > 1 && y <= p
            ? p
            : 0;
      }
      case ECDSA -> {
        EcCurve curve = numbers.curve();
        yield curve != null && numbers.next() > 0 ? curve.bits() : 0;
      }
      case EDDSA -> numbers.skip(ED25519_CURVE) && numbers.next() == 263 ? 256 : 0;
      case ED25519 -> numbers.skip(Ed25519.KEY_BYTES) ? 256 : 0;
      default -> 0;
    };
  }

  private static String name(int algorithm) {
    return switch (algorithm) {
      case RSA -> "RSA";
      case DSA -> "DSA";
      case ECDSA -> "ECDSA";
      default -> "Ed25519";
    };
  }

  private static String fingerprint(MemorySegment memory, int from, int to) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      int length = to - from;
      sha1.update(new byte[] {(byte) 0x99, (byte) (length >> 8), (byte) length});
      sha1.update(memory.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE));
      return HexFormat.of().withUpperCase().formatHex(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every JDK", e);
    }
  }

  private static int u8(MemorySegment memory, int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  private static int u16(MemorySegment memory, int offset) {
    return u8(memory, offset) << 8 | u8(memory, offset + 1);
  }

  /** Multiprecision integers (section 3.2), one after the other. */
  private static final class Numbers {
    private final MemorySegment memory;
    private final int limit;
    private int at;

    Numbers(MemorySegment memory, int from, int limit) {
      this.memory = memory;
      this.at = from;
      this.limit = limit;
    }

    /** The number of bits of the next one; 0 if it is not in its shortest form or does not fit. */
    int next() {
      if (at > limit - 3) {
        at = limit;
        return 0;
      }
      int bits = u16(memory, at);
      int bytes = (bits + 7) / 8;
      int first = u8(memory, at + 2);
      if (bits == 0
          || bytes > limit - at - 2
          || Integer.SIZE - Integer.numberOfLeadingZeros(first) != (bits - 1) % 8 + 1) {
        return 0;
      }
      at += 2 + bytes;
      return bits;
    }

    boolean lastIsOdd() {
      return (u8(memory, at - 1) & 1) == 1;
    }

    boolean skip(int bytes) {
      at += bytes;
      return at <= limit;
    }

    boolean skip(byte[] expected) {
      boolean fits =
          at <= limit - expected.length
              && MemorySegment.mismatch(
                      memory,
                      at,
                      at + expected.length,
                      MemorySegment.ofArray(expected),
                      0,
                      expected.length)
                  < 0;
      at += fits ? expected.length : 0;
      return fits;
    }

    /** Reads the length and the object identifier of a curve; null if it is not known. */
    @Nullable EcCurve curve() {
      int length = at < limit ? u8(memory, at) : 0;
      if (length == 0 || length >= limit - at) {
        return null;
      }
      at += 1 + length;
      return EcCurve.of(memory.asSlice(at - length, length).toArray(ValueLayout.JAVA_BYTE));
    }
  }
}
