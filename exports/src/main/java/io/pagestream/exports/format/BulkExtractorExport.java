package io.pagestream.exports.format;

import io.pagestream.cases.space.BoundedOutput;
import io.pagestream.schemas.avro.Finding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * bulk_extractor's output: a folder for each image, with a feature file and a histogram for each
 * kind. A feature file's lines are forensic path, tab, feature, tab, context; a histogram's are
 * {@code n=COUNT}, tab, feature, and how many of these were UTF-16 if any were. (bulk_extractor,
 * {@code feature_recorder}, {@code histogram}; file versions 1.1.)
 */
final class BulkExtractorExport implements PathExport {
  @Override
  public boolean isFolder() {
    return true;
  }

  /** One feature file: the properties shared by its findings. */
  private record Feature(String imageId, String image, String kind) {}

  @Override
  public ExportCounts write(ExportSource source, Path path) throws IOException {
    List<Feature> features = new ArrayList<>();
    source.select(
        "SELECT DISTINCT image_id, image, kind FROM facets WHERE {condition} ORDER BY ALL",
        List.of(),
        rows -> {
          while (rows.next()) {
            features.add(new Feature(rows.getString(1), rows.getString(2), rows.getString(3)));
          }
        });
    long written = 0;
    for (Feature feature : features) {
      Path folder = path.resolve(safe(feature.imageId()));
      if (!Files.exists(folder)) {
        Files.createDirectory(folder);
      }
      String name = safe(feature.kind());
      written += features(source, feature, folder.resolve(name + ".txt"));
      histogram(source, feature, folder.resolve(name + "_histogram.txt"));
    }
    return ExportCounts.all(written);
  }

  private static long features(ExportSource source, Feature feature, Path file) throws IOException {
    try (OutputStream out = open(file)) {
      header(out, source, feature, "Feature-File-Version: 1.1");
      return source.forEach(
          "image_id = ? AND kind = ?",
          List.of(feature.imageId(), feature.kind()),
          finding -> line(out, finding));
    }
  }

  private static void line(OutputStream out, Finding finding) throws IOException {
    String path =
        finding.getLocation().getPath().isEmpty()
            ? ""
            : "-" + FeatureText.escape(finding.getLocation().getPath());
    write(
        out,
        Long.toUnsignedString(finding.getLocation().getAddress())
            + path
            + '\t'
            + FeatureText.escape(finding.getValue())
            + '\t'
            + FeatureText.escape(finding.getContext())
            + '\n');
  }

  private static void histogram(ExportSource source, Feature feature, Path file)
      throws IOException {
    try (OutputStream out = open(file)) {
      header(out, source, feature, "Histogram-File-Version: 1.1");
      source.select(
          "SELECT value, count(*) AS n, count(*) FILTER (encoding LIKE 'utf-16%') AS wide FROM findings"
              + " WHERE {condition} AND image_id = ? AND kind = ? GROUP BY value ORDER BY n DESC, value",
          List.of(feature.imageId(), feature.kind()),
          rows -> {
            while (rows.next()) {
              long wide = rows.getLong(3);
              write(
                  out,
                  "n=%d\t%s%s\n"
                      .formatted(
                          rows.getLong(2),
                          FeatureText.escape(rows.getString(1)),
                          wide == 0 ? "" : "\t(utf16=" + wide + ")"));
            }
          });
    }
  }

  private static void header(OutputStream out, ExportSource source, Feature feature, String version)
      throws IOException {
    write(
        out,
        """
        # BANNER FILE NOT PROVIDED (-b option)
        # BULK_EXTRACTOR-Version: 2.0 (written by Pagestream %s)
        # Feature-Recorder: %s
        # Filename: %s
        # %s
        """
            .formatted(
                FeatureText.escape(source.facts().toolVersion()),
                feature.kind(),
                FeatureText.escape(feature.image()),
                version));
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(BoundedOutput.to(file, Files.newOutputStream(file)), 1 << 16);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A name without path components: other clients may write images and kinds to the topic. */
  private static String safe(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return plain.isEmpty() ? "_" : plain.substring(0, Math.min(plain.length(), 100));
  }
}
