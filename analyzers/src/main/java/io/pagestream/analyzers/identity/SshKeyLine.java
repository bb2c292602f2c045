package io.pagestream.analyzers.identity;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.api.FindingSink;
import io.pagestream.analyzers.api.Window;
import io.pagestream.analyzers.armor.Base64Text;
import io.pagestream.analyzers.publickey.SshPublicKey;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * SSH's public keys as text, as in {@code id_*.pub}, {@code authorized_keys} and {@code
 * known_hosts} (sshd(8), AUTHORIZED_KEYS FILE FORMAT): the name of the type, a blank, the key in
 * base64, and perhaps a comment. The type in the key must be the same, and the key valid.
 */
final class SshKeyLine {
  static final String KIND = "ssh-public-key";

  /** Ends after the blank and the first digits, which are those of a length below 2^18. */
  static final String EXPRESSION =
      "(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp[235][0-9]{2}|@openssh\\.com) AAAA";

  private static final int DIGITS = 4;
  private static final int MAX_TYPE = 40;
  private static final int MAX_COMMENT = 128;

  /** Maximum bytes of base64, for RSA keys of 16,384 bits. */
  private static final int MAX_BASE64 = 3072;

  /** Maximum bytes of a finding and of what is read after it. */
  static final int MAX_BYTES = MAX_TYPE + 1 + MAX_BASE64 + 1 + MAX_COMMENT + 1;

  private SshKeyLine() {}

  /** Reports the key whose base64 starts {@code DIGITS} bytes before an anchor's end. */
  static void find(Window window, int anchorEnd, FindingSink findings) {
    MemorySegment memory = window.bytes();
    int key = anchorEnd - DIGITS;
    int end = Base64Text.end(memory, key, Math.min(window.limit(), key + MAX_BASE64));
    byte[] decoded = Base64Text.decode(memory, key, end);
    SshPublicKey publicKey = decoded == null ? null : SshPublicKey.of(decoded);
    if (publicKey == null) {
      return;
    }
    int start = key - 1 - publicKey.type().length();
    if (!window.owns(start) || !text(memory, start, key - 1).equals(publicKey.type())) {
      return;
    }
    int limit = Math.min(window.limit(), start + MAX_BYTES);
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("key-type", publicKey.type());
    attributes.put("bits", Integer.toString(publicKey.bits()));
    int last = commentEnd(memory, end, limit);
    if (last > end) {
      attributes.put("comment", text(memory, end + 1, last));
    }
    findings.found(KIND, start, last - start, publicKey.fingerprint(), Encoding.ASCII, attributes);
  }

  /** Offset after the printable text that follows a blank; {@code end} if there is none. */
  private static int commentEnd(MemorySegment memory, int end, int limit) {
    if (end >= limit || u8(memory, end) != ' ') {
      return end;
    }
    int at = end + 1;
    int most = Math.min(limit, at + MAX_COMMENT);
    while (at < most && u8(memory, at) >= ' ' && u8(memory, at) <= '~') {
      at++;
    }
    while (at > end && u8(memory, at - 1) == ' ') {
      at--;
    }
    return at;
  }

  private static String text(MemorySegment memory, int from, int to) {
    return new String(
        memory.asSlice(from, to - from).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
  }

  private static int u8(MemorySegment memory, int offset) {
    return memory.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }
}
