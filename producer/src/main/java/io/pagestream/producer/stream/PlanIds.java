package io.pagestream.producer.stream;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.digest.Sha256;
import java.util.List;
import java.util.TreeMap;

/**
 * Plan ids of an image: the first 8 bytes of the SHA-256 over everything that determines which
 * bytes a run contains, at which addresses, and with which properties. Receipts contain the id, so
 * that receipts of one plan never count for another.
 */
final class PlanIds {
  private static final int ID_BYTES = 8;

  private PlanIds() {}

  /**
   * The id of a plan, 16 lower-case hex digits.
   *
   * @param manifest the manifest, complete except for the plan's id
   * @param extents the extents of the image with bytes, in order
   */
  static String of(ImageManifest manifest, List<PhysicalExtent> extents) {
    Sha256 id =
        new Sha256()
            .text(manifest.getFormat())
            .text(manifest.getWrapping())
            .number(manifest.getRunPages())
            .number(manifest.getRunsPerBlock())
            .number(manifest.getRunCount())
            .number(manifest.getLookBehindBytes())
            .number(manifest.getLookAheadBytes());
    extents.forEach(extent -> id.text(extent.toString()));
    manifest.getRanges().forEach(range -> id.text(range.toString()));
    new TreeMap<>(manifest.getHints()).forEach((name, value) -> id.text(name).text(value));
    return id.hex(ID_BYTES);
  }
}
