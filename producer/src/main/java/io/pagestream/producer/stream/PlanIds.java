package io.pagestream.producer.stream;

import io.pagestream.images.memory.PhysicalExtent;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.digest.Sha256;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plan ids of an image: the first 8 bytes of the SHA-256 over everything that determines which
 * bytes a run contains, at which addresses, and with which properties, and over the job, which
 * determines the results. Receipts contain the id, so that receipts of one plan never count for
 * another.
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
    ImageJob job = manifest.getJob();
    if (job != null) {
      add(id, job);
    }
    return id.hex(ID_BYTES);
  }

  private static void add(Sha256 id, ImageJob job) {
    add(id, job.getMapper());
    id.number(job.getAnalyzers().size());
    job.getAnalyzers().forEach(id::text);
    add(id, job.getAnalyzerOptions());
    id.number(job.getKinds().size());
    job.getKinds().forEach(id::text);
    id.text(job.getStopListSha256())
        .text(job.getAlertListSha256())
        .number(job.getTimeoutMillis())
        .number(job.getCapOfKind())
        .number(job.getCapOfValue());
  }

  private static void add(Sha256 id, Map<String, String> settings) {
    id.number(settings.size());
    new TreeMap<>(settings).forEach((name, value) -> id.text(name).text(value));
  }
}
