package io.pagestream.analyzers.stage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of findings: the first 16 bytes of the SHA-256 over image id, analyzer, kind, address space
 * ({@code physical}), address (8 bytes big-endian), decoding path and value; texts as UTF-8, each
 * with its length (4 bytes big-endian) in front. No clock, no thread, no version of ours goes in.
 */
final class FindingIds {
  private static final int ID_BYTES = 16;
  private static final String PHYSICAL = "physical";
  private static final String NO_PATH = "";

  private final MessageDigest digest;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  FindingIds() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  String of(String imageId, String analyzer, String kind, long address, String value) {
    text(imageId);
    text(analyzer);
    text(kind);
    text(PHYSICAL);
    digest.update(number.clear().putLong(address).flip());
    text(NO_PATH);
    text(value);
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(number.clear().putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
