package io.pagestream.analyzers.privatekey;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.armor.Base64Text;
import io.pagestream.analyzers.publickey.X25519;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys in the configuration of WireGuard (wg(8), CONFIGURATION FILE FORMAT): {@code PrivateKey =}
 * or {@code PresharedKey =} and 32 bytes in base64, which must look random. A private key must also
 * be clamped (RFC 7748, section 5), as {@code wg genkey} does; one random key in 32 is.
 */
final class WireguardKey {
  static final String KIND = "wireguard-key";

  /** The keywords, as an expression. */
  static final String EXPRESSION = "Pr(?:ivate|eshared)Key";

  private static final String PRIVATE = "PrivateKey";
  private static final String PRESHARED = "PresharedKey";
  private static final int MAX_BLANKS = 8;
  private static final int KEY_BYTES = 32;
  private static final int KEY_CHARACTERS = 44;

  /** Bytes from the keyword on that are read. */
  private static final int MAX_BYTES = PRESHARED.length() + 2 * MAX_BLANKS + 2 + KEY_CHARACTERS;

  private WireguardKey() {}

  /**
   * Reports the key after a keyword, if it is one.
   *
   * @param end offset after the keyword
   */
  static void find(Window window, int end, FindingSink findings) {
    MemorySegment memory = window.bytes();
    boolean isPrivate = u8(memory, end - 4) == 'e';
    int start = end - (isPrivate ? PRIVATE : PRESHARED).length();
    int limit = Math.min(window.limit(), start + MAX_BYTES);
    if (!window.owns(start) || (start > 0 && isLetter(u8(memory, start - 1)))) {
      return;
    }
    int at = skipBlanks(memory, end, limit);
    if (at >= limit || u8(memory, at) != '=') {
      return;
    }
    at = skipBlanks(memory, at + 1, limit);
    int last = at + KEY_CHARACTERS;
    if (Base64Text.end(memory, at, Math.min(limit, last + 1)) != last) {
      return;
    }
    byte[] key = Base64Text.decode(memory, at, last);
    if (key == null
        || key.length != KEY_BYTES
        || !Ed25519Key.looksRandom(key)
        || (isPrivate && !isClamped(key))) {
      return;
    }
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("role", isPrivate ? "private" : "preshared");
    if (isPrivate) {
      attributes.put("public-key", Base64.getEncoder().encodeToString(X25519.publicKey(key)));
    }
    findings.found(
        KIND,
        start,
        last - start,
        Base64.getEncoder().encodeToString(key),
        Encoding.ASCII,
        attributes);
  }

  private static int skipBlanks(MemorySegment memory, int from, int limit) {
    int at = from;
    while (at < limit && at - from < MAX_BLANKS && isBlank(u8(memory, at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isLetter(int b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || b == '_';
  }

  private static boolean isClamped(byte[] key) {
    return (key[0] & 7) == 0 && (key[KEY_BYTES - 1] & 0xc0) == 0x40;
  }

  private static int u8(MemorySegment memory, int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }
}
