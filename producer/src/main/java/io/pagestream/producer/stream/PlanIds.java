package io.pagestream.producer.stream;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.AddressRange;
import io.pagestream.schemas.avro.ImageManifest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Ids of the ways in which one image can be streamed: the first 8 bytes of the SHA-256 over what
 * decides which bytes a run holds, at which addresses, and what is known of them. Receipts carry
 * it, so that those of one plan never count for another.
 */
final class PlanIds {
  private static final int ID_BYTES = 8;

  private PlanIds() {}

  /**
   * The id of a plan, 16 lower-case hex digits.
   *
   * @param manifest the manifest, complete but for the plan's id
   * @param extents where the image has bytes, in order
   */
  static String of(ImageManifest manifest, List<PhysicalExtent> extents) {
    MessageDigest digest = sha256();
    text(digest, manifest.getFormat());
    text(digest, manifest.getWrapping());
    number(digest, manifest.getRunPages());
    number(digest, manifest.getRunsPerBlock());
    number(digest, manifest.getRunCount());
    number(digest, manifest.getLookBehindBytes());
    number(digest, manifest.getLookAheadBytes());
    for (PhysicalExtent extent : extents) {
      text(digest, extent.toString());
    }
    for (AddressRange range : manifest.getRanges()) {
      text(digest, range.toString());
    }
    new TreeMap<>(manifest.getHints())
        .forEach((name, value) -> {
          text(digest, name);
          text(digest, value);
        });
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(digest, bytes.length);
    digest.update(bytes);
  }

  private static void number(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
