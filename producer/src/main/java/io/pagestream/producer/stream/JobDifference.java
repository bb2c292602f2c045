package io.pagestream.producer.stream;

import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Describes how two manifests of one image differ, by the options of the command line. */
final class JobDifference {
  private static final int MOST_NAMED = 5;

  private JobDifference() {}

  /** The differences, such as {@code --profile linux, not windows}; never empty. */
  static String of(ImageManifest before, ImageManifest now) {
    List<String> differences = new ArrayList<>();
    if (before.getRunPages() != now.getRunPages()) {
      differences.add("--run-pages %d, not %d".formatted(before.getRunPages(), now.getRunPages()));
    }
    Map<String, String> old = settings(before.getJob());
    Map<String, String> all = settings(now.getJob());
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(all.keySet());
    for (String name : names) {
      String was = old.getOrDefault(name, "(default)");
      String is = all.getOrDefault(name, "(default)");
      if (!Objects.equals(was, is)) {
        differences.add("--%s %s, not %s".formatted(name, was, is));
      }
    }
    if (differences.isEmpty()) {
      return "other sidecar files, options or version";
    }
    int more = differences.size() - MOST_NAMED;
    return String.join("; ", differences.subList(0, Math.min(MOST_NAMED, differences.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private static Map<String, String> settings(@Nullable ImageJob job) {
    Map<String, String> settings = new TreeMap<>();
    if (job != null) {
      settings.putAll(job.getMapper());
      settings.put("analyzers", String.join(",", job.getAnalyzers()));
      job.getAnalyzerOptions()
          .forEach((name, value) -> settings.put("analyzer-option " + name, value));
      settings.put("kinds", job.getKinds().isEmpty() ? "(all)" : String.join(",", job.getKinds()));
      settings.put("stop-list", job.getStopListSha256());
      settings.put("alert-list", job.getAlertListSha256());
      settings.put("analyzer-timeout", job.getTimeoutMillis() / 1000 + " s");
      settings.put("cap", job.getCapOfKind() + "/" + job.getCapOfValue());
    }
    return settings;
  }
}
