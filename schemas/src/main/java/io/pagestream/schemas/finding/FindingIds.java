package io.pagestream.schemas.finding;

import io.pagestream.schemas.avro.Finding;
import io.pagestream.schemas.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Ids of findings: the first 16 bytes of the SHA-256 over image id, analyzer, kind, address space
 * ({@code physical} or a page-table root), address (8 bytes big-endian), decoding path and value;
 * texts as UTF-8, each prefixed by its length (4 bytes big-endian). No clock, thread or version is
 * included, so that the same artifact always has the same id.
 *
 * <p>Readers of findings can recompute the ids. An id is a checksum, not a signature: it detects a
 * finding whose content was changed under its id, but a client that can write to the topic can
 * still write a new finding with a matching id.
 *
 * <p>Reuses its digest: one object serves one thread.
 */
public final class FindingIds {
  /** Hexadecimal digits of an id. */
  public static final int ID_DIGITS = 32;

  private final MessageDigest digest = Sha256.algorithm();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  /**
   * The id of an artifact: 32 lower-case hex digits.
   *
   * @param location its location
   */
  public String of(String imageId, String analyzer, String kind, Location location, String value) {
    return HexFormat.of()
        .formatHex(hash(imageId, analyzer, kind, location, value), 0, ID_DIGITS / 2);
  }

  /** Whether a finding's id matches its content. */
  public boolean matches(Finding finding) {
    String id = finding.getFindingId();
    if (id.length() != ID_DIGITS) {
      return false;
    }
    byte[] hash =
        hash(
            finding.getImageId(),
            finding.getAnalyzer(),
            finding.getKind(),
            Location.of(finding),
            finding.getValue());
    HexFormat hex = HexFormat.of();
    for (int at = 0; at < ID_DIGITS; at += 2) {
      byte expected = hash[at / 2];
      if (id.charAt(at) != hex.toHighHexDigit(expected)
          || id.charAt(at + 1) != hex.toLowHexDigit(expected)) {
        return false;
      }
    }
    return true;
  }

  private byte[] hash(
      String imageId, String analyzer, String kind, Location location, String value) {
    text(imageId);
    text(analyzer);
    text(kind);
    text(location.space());
    digest.update(number.clear().putLong(location.address()).flip());
    text(location.path());
    text(value);
    return digest.digest();
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(number.clear().putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
